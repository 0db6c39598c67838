using Npgsql;
using NpgsqlTypes;

namespace BusIngest.Bus.Storage.Postgres;

/// <summary>A statement of a <see cref="PostgresBatch"/>. Parameters are bound in the order of $1, $2, …</summary>
public sealed class PostgresCommand
{
    private Action<int>? _check;

    internal PostgresCommand(string sql) => Command = new NpgsqlBatchCommand(sql);

    internal NpgsqlBatchCommand Command { get; }

    /// <summary>Binds an id.</summary>
    public PostgresCommand Bind(Guid value) => Add(value, NpgsqlDbType.Uuid);

    /// <summary>Binds a moment; it must be UTC.</summary>
    public PostgresCommand Bind(DateTimeOffset value) => Add(value.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    /// <summary>Binds a moment, or NULL.</summary>
    public PostgresCommand Bind(DateTimeOffset? value) => value is { } moment ? Bind(moment) : Null(NpgsqlDbType.TimestampTz);

    /// <summary>Binds a whole number of 64 bits.</summary>
    public PostgresCommand Bind(long value) => Add(value, NpgsqlDbType.Bigint);

    /// <summary>Binds a whole number of 32 bits.</summary>
    public PostgresCommand Bind(int value) => Add(value, NpgsqlDbType.Integer);

    /// <summary>Binds a whole number of 32 bits, or NULL.</summary>
    public PostgresCommand Bind(int? value) => value is { } number ? Bind(number) : Null(NpgsqlDbType.Integer);

    /// <summary>Binds a whole number of 64 bits, or NULL.</summary>
    public PostgresCommand Bind(long? value) => value is { } number ? Bind(number) : Null(NpgsqlDbType.Bigint);

    /// <summary>Binds an id, or NULL.</summary>
    public PostgresCommand Bind(Guid? value) => value is { } id ? Bind(id) : Null(NpgsqlDbType.Uuid);

    /// <summary>Binds a span of time.</summary>
    public PostgresCommand Bind(TimeSpan value) => Add(value, NpgsqlDbType.Interval);

    /// <summary>Binds true or false.</summary>
    public PostgresCommand Bind(bool value) => Add(value, NpgsqlDbType.Boolean);

    /// <summary>Binds text, or NULL.</summary>
    public PostgresCommand Bind(string? value) => value is null ? Null(NpgsqlDbType.Text) : Add(value, NpgsqlDbType.Text);

    /// <summary>Binds bytes, which must stay as they are until the batch has run.</summary>
    public PostgresCommand Bind(ReadOnlyMemory<byte> value) => Add(value, NpgsqlDbType.Bytea);

    /// <summary>Binds bytes, which must stay as they are until the batch has run.</summary>
    public PostgresCommand Bind(byte[] value) => Add(value, NpgsqlDbType.Bytea);

    /// <summary>Binds a JSON document in UTF-8, which must stay as it is until the batch has run.</summary>
    public PostgresCommand BindJson(ReadOnlyMemory<byte> value) => Add(value, NpgsqlDbType.Jsonb);

    /// <summary>Binds an array: a column of many rows, for unnest.</summary>
    /// <param name="values">The column.</param>
    /// <param name="type">What an element is.</param>
    public PostgresCommand BindArray<T>(T[] values, NpgsqlDbType type) => Add(values, NpgsqlDbType.Array | type);

    /// <summary>Has the number of rows checked that the statement inserted, updated, deleted or gave. What is thrown undoes the transaction.</summary>
    public void Check(Action<int> check) => _check = check;

    internal void Check() => _check?.Invoke((int)Command.Rows);

    private PostgresCommand Null(NpgsqlDbType type)
    {
        Command.Parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });
        return this;
    }

    private PostgresCommand Add<T>(T value, NpgsqlDbType type)
    {
        Command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }
}
