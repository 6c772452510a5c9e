/** Where the database is: a PostgreSQL, or the embedded one in a folder. */
export type DatabasePlace = { databaseUrl: string | null; dataDir: string };
