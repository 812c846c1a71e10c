using System.Data.Common;

namespace Review.Bot.Store;

/// <summary>
/// A database that holds the bot's state. The statements are the same on both kinds; what differs between SQLite and PostgreSQL is named here and nowhere else.
/// </summary>
public abstract class Database : IDisposable
{
    /// <summary>How often a transaction is tried when others were in its way.</summary>
    private const int Attempts = 8;

    /// <summary>True if several machines may work on it at the same time; then the leases of others are waited for.</summary>
    public abstract bool IsShared { get; }

    /// <summary>The type of a column that counts by itself.</summary>
    internal abstract string Identity { get; }

    /// <summary>The type of a column of bytes.</summary>
    internal abstract string Bytes { get; }

    /// <summary>What is put behind a query whose rows are going to be claimed.</summary>
    internal abstract string SkipLocked { get; }

    /// <summary>A statement after which this transaction is the only one of those that ran it; null where every writing transaction is alone anyway.</summary>
    internal abstract string? Serialise { get; }

    /// <summary>
    /// Opens the database that a string of the configuration names: <c>sqlite:FILE</c>, or a connection string of Npgsql behind <c>postgres:</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The string is neither.</exception>
    public static Database Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            _ when name.StartsWith("sqlite:", StringComparison.Ordinal) => new SqliteDatabase(name["sqlite:".Length..]),
            _ when name.StartsWith("postgres:", StringComparison.Ordinal) => new PostgresDatabase(name["postgres:".Length..]),
            _ => throw new ArgumentException("neither sqlite: nor postgres:", nameof(name)),
        };
    }

    /// <summary>Does something in one transaction: all of it is kept, or nothing. It is done again if another transaction was in the way.</summary>
    public T Transact<T>(Func<Session, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var connection = Connect();
                using var transaction = connection.BeginTransaction();
                var result = work(new Session(this, connection, transaction));
                transaction.Commit();
                return result;
            }
            catch (DbException trouble) when (attempt < Attempts && IsPassing(trouble))
            {
                Thread.Sleep(attempt * 20);
            }
        }
    }

    /// <inheritdoc cref="Transact{T}"/>
    public void Transact(Action<Session> work) => Transact(session =>
    {
        work(session);
        return true;
    });

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An open connection.</summary>
    internal abstract DbConnection Connect();

    /// <summary>True if the same work may succeed when it is done again.</summary>
    internal abstract bool IsPassing(DbException trouble);

    protected virtual void Dispose(bool disposing)
    {
    }
}
