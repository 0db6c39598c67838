namespace BusIngest.Bus;

/// <summary>
/// A secret, or an address that holds one. It may lie in a file, which is read again while the program runs, so that it can be changed without a
/// restart. Thread-safe.
/// </summary>
public sealed class ReloadableText
{
    /// <summary>No secret is longer; a wrong path may name anything.</summary>
    private const int MostBytes = 64 << 10;

    private volatile string _current;

    /// <summary>A text that stays as it is.</summary>
    public ReloadableText(string text) => _current = text;

    private ReloadableText(string path, string text)
        : this(text) => Path = path;

    /// <summary>The full path of the file; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>The text as it was read last. Cheap.</summary>
    public string Current => _current;

    /// <summary>Says what is wrong with a text, without showing it; null when it may be taken. What is wrong is not taken when it is read again.</summary>
    public Func<string, string?>? Check { get; set; }

    /// <summary>What a file holds, without the white space around it.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="IOException">It can't be read, is empty, or too long; the message says so in few words.</exception>
    public static ReloadableText InFile(string path) => new(path, Read(path));

    /// <summary>Reads the file again, if there is one. What can't be read leaves the text as it was.</summary>
    /// <param name="trouble">Why it can't be read; null when it can.</param>
    /// <returns>Whether the text has changed.</returns>
    public bool Refresh(out string? trouble)
    {
        trouble = null;
        if (Path is null)
            return false;

        try
        {
            var read = Read(Path);
            if (string.Equals(read, _current, StringComparison.Ordinal))
                return false;
            trouble = Check?.Invoke(read);
            if (trouble is not null)
                return false;
            _current = read;
            return true;
        }
        catch (IOException exception)
        {
            trouble = exception.Message;
            return false;
        }
    }

    /// <summary>The text as it is now: for whoever is about to connect.</summary>
    public string Refreshed()
    {
        Refresh(out _);
        return _current;
    }

    /// <summary>Does not show it.</summary>
    public override string ToString() => Path ?? "(secret)";

    private static string Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MostBytes)
                throw new IOException($"is longer than {MostBytes} bytes");
            var text = File.ReadAllText(path).Trim();
            return text.Length > 0 ? text : throw new IOException("is empty");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(Directory.Exists(path) ? "is a folder" : "may not be read", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException("does not exist", exception);
        }
    }
}
