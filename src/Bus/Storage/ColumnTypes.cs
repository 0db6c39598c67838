using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace BusIngest.Bus.Storage;

/// <summary>The column types of a migration, which runs on either database.</summary>
/// <param name="migration">Knows where it runs.</param>
public sealed class ColumnTypes(Migration migration)
{
    /// <summary>Whether it runs on PostgreSQL.</summary>
    public bool IsPostgres { get; } = migration.ActiveProvider?.Contains("Npgsql", StringComparison.Ordinal) == true;

    /// <summary>An id.</summary>
    public string Id => IsPostgres ? "uuid" : "TEXT";

    /// <summary>A moment.</summary>
    public string Time => IsPostgres ? "timestamp with time zone" : "INTEGER";

    /// <summary>A whole number of 64 bits.</summary>
    public string Whole => IsPostgres ? "bigint" : "INTEGER";

    /// <summary>A whole number of 32 bits.</summary>
    public string Whole32 => IsPostgres ? "integer" : "INTEGER";

    /// <summary>A floating-point number.</summary>
    public string Real => IsPostgres ? "double precision" : "REAL";

    /// <summary>True or false.</summary>
    public string Flag => IsPostgres ? "boolean" : "INTEGER";

    /// <summary>Text.</summary>
    public string Text => IsPostgres ? "text" : "TEXT";

    /// <summary>Bytes.</summary>
    public string Bytes => IsPostgres ? "bytea" : "BLOB";

    /// <summary>A JSON document.</summary>
    public string Json => IsPostgres ? "jsonb" : "TEXT";
}

/// <summary>Columns that are alike in every table.</summary>
public static class ColumnTypesExtensions
{
    /// <summary>A row's number; see <see cref="DatabaseContext.Number"/>.</summary>
    public static OperationBuilder<AddColumnOperation> Seq(this ColumnsBuilder table, ColumnTypes types) => table
        .Column<long>(types.Whole)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
