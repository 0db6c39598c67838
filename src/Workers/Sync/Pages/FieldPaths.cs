using System.Text;
using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>The fields of an event that are read.</summary>
internal enum EventField
{
    Id,
    Type,
    UserId,
    Timestamp,
}

/// <summary>Where in an event its fields are: for each, property names from the outside in, as UTF-8.</summary>
internal sealed class FieldPaths
{
    private const int MostLengths = 64;

    private readonly byte[][][] _paths;
    private readonly ulong[] _lengths;

    /// <summary>Reads a definition's paths.</summary>
    public FieldPaths(SourceDefinition definition)
    {
        _paths = [Split(definition.IdPath), Split(definition.TypePath), Split(definition.UserIdPath), Split(definition.TimestampPath)];
        _lengths = new ulong[_paths.Max(path => path.Length)];
        for (var depth = 0; depth < _lengths.Length; depth++)
        {
            foreach (var path in _paths.Where(path => path.Length > depth))
                _lengths[depth] |= path[depth].Length < MostLengths ? 1UL << path[depth].Length : ulong.MaxValue;
        }
    }

    /// <summary>All of them, as flags.</summary>
    public const int All = 0b1111;

    /// <summary>Whether a path may have a name of so many bytes at a depth, from 0: most names of most events are of another length.</summary>
    public bool MayHave(int length, int depth) =>
        depth < _lengths.Length && (length >= MostLengths ? _lengths[depth] == ulong.MaxValue : (_lengths[depth] & (1UL << length)) != 0);

    /// <summary>The name of a field at a depth, from 0; null when its path is not that long.</summary>
    public byte[]? Name(EventField field, int depth) => depth < _paths[(int)field].Length ? _paths[(int)field][depth] : null;

    /// <summary>Whether a field's path ends at this depth.</summary>
    public bool EndsAt(EventField field, int depth) => _paths[(int)field].Length == depth + 1;

    private static byte[][] Split(string path) => path.Length == 0 ? [] : [.. path.Split('.').Select(Encoding.UTF8.GetBytes)];
}
