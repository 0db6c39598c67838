using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

/// <summary>What SQLite says that a file's tables are, as lines that can be compared.</summary>
internal static class Schema
{
    /// <summary>Tables, but for SQLite's and the migrations' own.</summary>
    public static IReadOnlyList<string> Tables(string path) => Query(
        path, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name", 1);

    /// <summary>Columns, keys, indexes and rows of a table.</summary>
    public static IReadOnlyList<string> Describe(string path, string table) =>
    [
        .. Query(path, $"SELECT 'column', name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}') ORDER BY name", 6),
        .. Query(path, $"""
            SELECT 'index', i.name, i."unique", i.origin, group_concat(c.name, ' ')
            FROM pragma_index_list('{table}') AS i, pragma_index_info(i.name) AS c GROUP BY i.name ORDER BY i.name
            """, 5),
        .. Query(path, $"SELECT 'autoincrement' FROM sqlite_schema WHERE name = '{table}' AND sql LIKE '%AUTOINCREMENT%'", 1),
        .. Query(path, $"SELECT 'rows', count(*) FROM \"{table}\"", 2),
    ];

    private static List<string> Query(string path, string sql, int columns)
    {
        using var reader = SqliteSession.OpenReader(path);
        var rows = reader.Statement(sql);
        var lines = new List<string>();
        while (rows.Read())
            lines.Add(string.Join('|', Enumerable.Range(0, columns).Select(column => rows.Text(column) ?? "null")));
        return lines;
    }
}
