package detect

// databaseService finds the passwords and keys that hosted databases and brokers
// generate with a prefix.
var databaseService = tokens(&Detector{
	Name:     "database_service",
	Summary:  "password or key of a database service: Aiven, ClickHouse Cloud, CockroachDB, Confluent, MongoDB Atlas, Neon",
	Evidence: "the prefix and the documented length, exactly where the prefix is short",
},
	prefixed("AVNS_", url64, "18"),
	exactly("4b1d", base62, "38").where(varied),
	prefixed("CCDB1_", base62, "22_40"),
	exactly("cflt", std64, "60").by("cfl"),
	prefixed("mdb_sa_sk_", url64, "40").by("mdb_"),
	prefixed("napi_", lower36, "64").by("nap"),
)
