namespace BusIngest.Support.Servers;

/// <summary>What a <see cref="PostgresProxy"/> does to a client in place of what it asked for.</summary>
public abstract record PostgresFault
{
    private PostgresFault()
    {
    }

    /// <summary>The server answers with an error, and has done nothing.</summary>
    /// <param name="SqlState">Its code.</param>
    public sealed record Failure(string SqlState) : PostgresFault;

    /// <summary>The connection breaks.</summary>
    /// <param name="AfterSending">Whether the server gets the statements, and does them, before it breaks: the client does not hear the outcome.</param>
    public sealed record Cut(bool AfterSending) : PostgresFault;

    /// <summary>The statements are held back for a while, and then done.</summary>
    /// <param name="For">For how long.</param>
    public sealed record Stall(TimeSpan For) : PostgresFault;
}
