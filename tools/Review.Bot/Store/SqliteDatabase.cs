using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Review.Bot.Store;

/// <summary>The state in one file beside the bot: SQLite with a write-ahead log. Other processes may read it meanwhile.</summary>
internal sealed class SqliteDatabase : Database
{
    private static readonly Lazy<bool> Prepared = new(static () =>
    {
        // The library that the distribution installs, which it keeps safe, instead of one that comes with a package.
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) =>
            name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    });

    private readonly string connectionString;

    public SqliteDatabase(string file)
    {
        _ = Prepared.Value;
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        _ = command.ExecuteScalar();
    }

    public override bool IsShared => false;

    internal override string Identity => "integer primary key autoincrement";

    internal override string Bytes => "blob";

    internal override string SkipLocked => "";

    internal override string? Serialise => null;

    internal override DbConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();

            // A note that a mail was handed over has to outlive a power cut, or the mail would go out twice.
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON";
            _ = command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal override bool IsPassing(DbException trouble) => trouble is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

    protected override void Dispose(bool disposing)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }
}
