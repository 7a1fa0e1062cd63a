package dbtext

import "strings"

// A kind is a way to read a query.
type kind byte

const (
	kindGeneric kind = iota
	kindSQL
	kindDocument
	kindRequest
	kindParameters
	kindRedis
	kindMemcached
)

// A reading says how a dialect reads something on which dialects disagree.
type reading byte

const (
	never reading = iota
	always
	unsure
)

// A dialect says where a language differs from the others. Its zero value reads
// standard SQL.
type dialect struct {
	kind kind

	backslash reading // a backslash in a string escapes the next character
	nested    reading // comments /* */ nest
	dollar    reading // $tag$ opens a string that ends with it
	triple    reading // ''' and """ open strings that end with them
	oracle    reading // q'[ opens a string that ends with ]'
	double    double  // what stands in double quotes

	dash     reading // -- begins a comment
	dashGap  bool    // -- needs white space behind it to do so
	hash     reading // # begins a comment
	slashes  reading // // begins a comment
	noBlock  bool    // there are no comments /* */
	code     reading // /*! is read as part of the statement
	returns  reading // a carriage return alone ends a comment of one line
	brackets bool    // [a b] is a name
	ticks    bool    // `a b` is a string, not a name
	hashWord bool    // names may have # and @ in them
	money    bool    // $5 is a number
	bareSet  bool    // SET a = b has a value that runs to the end of the line
	bareArgs bool    // EXEC a b, c has strings without quotes
	format   bool    // INSERT ... FORMAT name is followed by data
}

// A double is the meaning of double quotes.
type double byte

const (
	doubleName double = iota
	doubleString
	doubleEither // a name where one must stand, a string elsewhere
)

var (
	ansi     = &dialect{kind: kindSQL, dash: always, nested: unsure, dollar: unsure}
	postgres = &dialect{kind: kindSQL, dash: always, nested: always, dollar: always, returns: always}
	redshift = &dialect{kind: kindSQL, dash: always, nested: always, dollar: always, returns: always, backslash: unsure}
	mysql    = &dialect{kind: kindSQL, dash: always, dashGap: true, hash: always, dollar: unsure, backslash: always, double: doubleString, code: always}
	mssql    = &dialect{kind: kindSQL, dash: always, nested: always, dollar: unsure, brackets: true, hashWord: true, money: true, bareArgs: true}
	oracle   = &dialect{kind: kindSQL, dash: always, dollar: unsure, oracle: always, hashWord: true}
	sqlite   = &dialect{kind: kindSQL, dash: always, dollar: unsure, brackets: true, double: doubleEither}
	quoting  = &dialect{kind: kindSQL, dash: always, nested: unsure, dollar: unsure, double: doubleString}
	spark    = &dialect{kind: kindSQL, dash: always, nested: unsure, dollar: unsure, backslash: always, double: doubleString, bareSet: true}
	bigquery = &dialect{kind: kindSQL, dash: always, hash: always, dollar: unsure, backslash: always, triple: always, double: doubleString}
	snow     = &dialect{kind: kindSQL, dash: always, slashes: always, dollar: always, backslash: always}
	click    = &dialect{kind: kindSQL, dash: always, hash: always, nested: always, dollar: always, backslash: always, format: true}
	cql      = &dialect{kind: kindSQL, dash: always, slashes: always, dollar: always}
	partiql  = &dialect{kind: kindSQL, dash: always, nested: unsure, dollar: unsure, ticks: true}
	n1ql     = &dialect{kind: kindSQL, dash: always, dollar: unsure, backslash: unsure, double: doubleString}
	cypher   = &dialect{kind: kindSQL, slashes: always, dollar: unsure, backslash: always, double: doubleString}
	cosmos   = &dialect{kind: kindSQL, dash: always, slashes: unsure, dollar: unsure, backslash: always, double: doubleString}
	influx   = &dialect{kind: kindSQL, dash: always, dollar: unsure, backslash: always}
	flux     = &dialect{kind: kindSQL, slashes: always, noBlock: true, dollar: unsure, backslash: always, double: doubleString}
	graphql  = &dialect{kind: kindSQL, hash: always, noBlock: true, backslash: always, triple: always, double: doubleString, dollar: never}
	shell    = &dialect{kind: kindSQL, hash: always, noBlock: true, dollar: unsure, backslash: always, double: doubleString}

	mongo     = &dialect{kind: kindDocument}
	elastic   = &dialect{kind: kindRequest, dash: unsure, hash: unsure, slashes: always, nested: unsure, dollar: unsure, triple: always, backslash: always, double: doubleString}
	redis     = &dialect{kind: kindRedis}
	memcached = &dialect{kind: kindMemcached}

	generic = &dialect{
		kind: kindGeneric, backslash: unsure, nested: unsure, dollar: unsure, triple: unsure, oracle: unsure, double: doubleString,
		dash: unsure, hash: unsure, slashes: unsure, code: unsure, returns: unsure, bareSet: true, bareArgs: true, format: true,
	}
)

// dialects has each value of db.system.name and db.system that says more than
// "some database", and names that are in use beside them.
var dialects = func() map[string]*dialect {
	m := map[string]*dialect{}
	for d, names := range map[*dialect]string{
		ansi: `db2 ibm.db2 derby hsqldb h2 h2database teradata firebird firebirdsql hana hanadb sap.hana sap.maxdb maxdb vertica netezza ibm.netezza
			trino presto athena aws.athena ingres actian.ingres interbase adabas softwareag.adabas cache intersystems_cache edb filemaker pervasive
			pointbase progress instantdb cloudscape`,
		postgres:  `postgresql postgres cockroachdb cockroach yugabytedb greenplum timescaledb materialize duckdb alloydb`,
		redshift:  `redshift aws.redshift`,
		mysql:     `mysql mariadb tidb singlestore memsql percona vitess oceanbase starrocks doris`,
		mssql:     `mssql mssqlcompact microsoft.sql_server sqlserver sql_server azure.sql`,
		oracle:    `oracle oracle.db`,
		sqlite:    `sqlite`,
		quoting:   `informix ibm.informix sybase`,
		spark:     `hive spark spark.sql databricks impala apache.hive`,
		bigquery:  `bigquery gcp.bigquery spanner gcp.spanner`,
		snow:      `snowflake`,
		click:     `clickhouse`,
		cql:       `cassandra scylladb scylla aws.keyspaces`,
		partiql:   `dynamodb aws.dynamodb`,
		n1ql:      `couchbase`,
		cypher:    `neo4j memgraph arangodb`,
		cosmos:    `cosmosdb azure.cosmosdb`,
		influx:    `influxdb`,
		graphql:   `graphql`,
		shell:     `hbase`,
		mongo:     `mongodb documentdb aws.documentdb`,
		elastic:   `elasticsearch opensearch couchdb`,
		redis:     `redis valkey keydb dragonfly aws.elasticache`,
		memcached: `memcached`,
	} {
		for _, name := range strings.Fields(names) {
			m[name] = d
		}
	}
	return m
}()

func dialectOf(system string) *dialect {
	if d, ok := lookup(dialects, system); ok {
		return d
	}
	return generic
}
