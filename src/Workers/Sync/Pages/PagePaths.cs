using System.Text;
using System.Text.Json;
using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>The things of a page that are read, apart from its events.</summary>
internal enum PageField
{
    Data,
    HasMore,
    NextCursor,
    CursorExpiresIn,
    Total,
}

/// <summary>
/// Where in a page things are. It goes along with a reader, from an object into those within it, and remembers at each level how much of each path is left; a dot
/// may be part of a name, as in `@odata.count`.
/// </summary>
/// <param name="definition">Has the paths.</param>
internal sealed class PagePaths(SourceDefinition definition)
{
    private const int Fields = 5;
    private const int LongestEscaped = 4_096;

    private readonly byte[][] _paths =
    [
        Encoding.UTF8.GetBytes(definition.DataPath), Encoding.UTF8.GetBytes(definition.HasMorePath), Encoding.UTF8.GetBytes(definition.NextCursorPath),
        Encoding.UTF8.GetBytes(definition.CursorExpiresInPath), Encoding.UTF8.GetBytes(definition.TotalPath),
    ];

    /// <summary>For each level, and each field of it, where in its path the rest begins; negative: it is not here.</summary>
    private readonly List<int[]> _levels = [];

    /// <summary>Where the rests of the paths begin that go on within the value of the last name.</summary>
    private int[] _within = new int[Fields];

    /// <summary>What the value of the last name is; null: nothing that is read.</summary>
    public PageField? Found { get; private set; }

    /// <summary>Whether something is within the value of the last name.</summary>
    public bool IsWithin { get; private set; }

    /// <summary>A path as it was given.</summary>
    public string Text(PageField field) => Encoding.UTF8.GetString(_paths[(int)field]);

    /// <summary>Goes into the page itself.</summary>
    public void Begin()
    {
        for (var field = 0; field < Fields; field++)
            _within[field] = _paths[field].Length == 0 ? -1 : 0;
        Enter();
    }

    /// <summary>Goes into the object that is the value of the last name.</summary>
    public void Enter()
    {
        _levels.Add(_within);
        _within = new int[Fields];
        Forget();
    }

    /// <summary>Goes into something that is passed over.</summary>
    public void EnterNothing()
    {
        Array.Fill(_within, -1);
        Enter();
    }

    /// <summary>Goes out of an object.</summary>
    public void Leave()
    {
        _levels.RemoveAt(_levels.Count - 1);
        Forget();
    }

    /// <summary>The value of the last name is over.</summary>
    public void Forget() => (Found, IsWithin) = (null, false);

    /// <summary>Looks at a name.</summary>
    public void Match(ref Utf8JsonReader reader)
    {
        Forget();
        if (!TryName(ref reader, out var name))
            return;

        var level = _levels[^1];
        for (var field = 0; field < Fields; field++)
        {
            _within[field] = -1;
            if (level[field] < 0)
                continue;

            var rest = _paths[field].AsSpan(level[field]);
            if (!rest.StartsWith(name))
                continue;
            if (rest.Length == name.Length)
                Found = (PageField)field;
            else if (rest[name.Length] == '.')
                (_within[field], IsWithin) = (level[field] + name.Length + 1, true);
        }
    }

    private static bool TryName(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
            return true;
        if (name.Length > LongestEscaped)
            return false;

        try
        {
            name = Encoding.UTF8.GetBytes(reader.GetString()!);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no path has one.
            return false;
        }
    }
}
