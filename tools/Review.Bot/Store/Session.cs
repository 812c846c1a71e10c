using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace Review.Bot.Store;

/// <summary>One transaction. Values go into statements as parameters, never as text.</summary>
public sealed class Session
{
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    internal Session(Database database, DbConnection connection, DbTransaction transaction)
    {
        Database = database;
        this.connection = connection;
        this.transaction = transaction;
    }

    internal Database Database { get; }

    /// <summary>Waits until no other transaction is behind this line.</summary>
    public void Serialise()
    {
        if (Database.Serialise is { } statement)
        {
            _ = Execute(statement);
        }
    }

    /// <summary>Runs a statement; gives the number of rows that it changed.</summary>
    public int Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(statement, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query.</summary>
    public ImmutableArray<T> Query<T>(string query, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var command = Command(query, values);
        using var reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<T>();
        var row = new Row(reader);
        while (reader.Read())
        {
            rows.Add(read(row));
        }

        return rows.ToImmutable();
    }

    /// <summary>The one number that a query gives; 0 if there is none.</summary>
    public long Number(string query, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(query, values);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The one text that a query gives; null if there is none.</summary>
    public string? Text(string query, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(query, values);
        return command.ExecuteScalar() as string;
    }

    private DbCommand Command(string statement, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written in this folder; values are parameters.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value switch
            {
                null => DBNull.Value,
                bool flag => flag ? 1L : 0L,
                int number => (long)number,
                DateTimeOffset time => time.ToUnixTimeMilliseconds(),
                _ => value,
            };
            _ = command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>One row of a result; columns are read by name.</summary>
public sealed class Row
{
    private readonly DbDataReader reader;

    internal Row(DbDataReader reader) => this.reader = reader;

    public string Text(string column) => TextOrNull(column) ?? "";

    public string? TextOrNull(string column) => reader[column] as string;

    public long Long(string column) => reader[column] is var value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;

    public int Number(string column) => checked((int)Long(column));

    public bool Flag(string column) => Long(column) != 0;

    public DateTimeOffset Time(string column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? TimeOrNull(string column) => reader[column] is DBNull ? null : Time(column);

    public byte[] Bytes(string column) => reader[column] as byte[] ?? [];
}
