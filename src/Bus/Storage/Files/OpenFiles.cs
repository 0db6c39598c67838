using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage.Files;

/// <summary>
/// The files of a SQLite database that this process has open: whether their names still lead to them. What is written to a file without a name is
/// gone with the process, so nothing is accepted until the names are back, or the process begins anew.
/// </summary>
internal sealed class OpenFiles
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly (string Path, byte[] Encoded)[] _files;
    private readonly FileIdentity?[] _known = new FileIdentity?[Suffixes.Length];
    private int _watched = 1;
    private string? _trouble;

    /// <summary>Watches nothing before the database is noted.</summary>
    /// <param name="path">The database's.</param>
    /// <param name="logger">Told once when a file is gone, and when it is back.</param>
    public OpenFiles(string path, ILogger logger)
    {
        _path = path;
        _logger = logger;
        _files = [.. Suffixes.Select(suffix => (path + suffix, FileIdentity.Encode(path + suffix)))];
    }

    /// <summary>Whether the database was opened before: then it is there, and must not be made anew.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_gate)
                return _known[0] is not null;
        }
    }

    /// <summary>The database is there, and is the one from now on.</summary>
    public void NoteDatabase()
    {
        lock (_gate)
            _known[0] ??= Read(0);
    }

    /// <summary>A session is open: the files beside the database may be other ones than the last session's.</summary>
    public void NoteOpened()
    {
        lock (_gate)
        {
            _known[0] ??= Read(0);
            Array.Clear(_known, 1, _known.Length - 1);
            _watched = _files.Length;
        }
    }

    /// <summary>The session is about to be closed, and the files beside the database may go with it.</summary>
    public void NoteClosing()
    {
        lock (_gate)
            _watched = 1;
    }

    /// <summary>Looks whether the names lead to the files that are open; those that SQLite has made since the last look are remembered.</summary>
    /// <exception cref="StorageUnavailableException">One does not.</exception>
    public void ThrowIfGone()
    {
        if (Trouble() is { } trouble)
            throw new StorageUnavailableException(trouble);
    }

    /// <summary>What is wrong; null when nothing is. It looks.</summary>
    public string? Trouble()
    {
        lock (_gate)
        {
            var gone = Look();
            if (gone is null == _trouble is null)
                return _trouble;

            if (gone is null)
                _logger.LogWarning("{File} is back; it is written again", _path);
            else
                _logger.LogError("{Trouble}", gone);
            return _trouble = gone;
        }
    }

    private string? Look()
    {
        if (_known[0] is null)
            return null;

        for (var i = 0; i < _watched; i++)
        {
            var now = Read(i);
            if (_known[i] is not { } known)
                _known[i] = now;
            else if (now != known)
                return $"{_files[i].Path} was {(now is null ? "removed" : "replaced")} while it is in use, so nothing can be accepted: put back the very file, or stop this process, see to the files and start it again";
        }

        return null;
    }

    private FileIdentity? Read(int file) => FileIdentity.Of(_files[file].Path, _files[file].Encoded);
}
