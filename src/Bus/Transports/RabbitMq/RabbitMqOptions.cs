namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Where the broker is, and how long it may take.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>Its name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Its port. Default 5672, with TLS 5671.</summary>
    public int Port { get; init; } = 5672;

    /// <summary>Whether to connect by TLS; the certificate must be valid. Default false.</summary>
    public bool UseTls { get; init; }

    /// <summary>The full path of a PEM file with the authorities that may have issued the broker's certificate; null: those that the machine trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>Gives the options as they are by then, where the password may change while the program runs: each new connection takes its user. Default null.</summary>
    public Func<RabbitMqOptions>? Reread { get; init; }

    /// <summary>The virtual host. Default `/`.</summary>
    public string VirtualHost { get; init; } = "/";

    /// <summary>The user. Default guest, whom a broker lets in from its own machine only.</summary>
    public string User { get; init; } = "guest";

    /// <summary>The user's password; never shown.</summary>
    public string Password { get; init; } = "guest";

    /// <summary>The longest that any publish waits for its confirm, 50 ms–1 min. Whoever can't wait that long has a shorter deadline, as the
    /// breaker has; what was given up too early is sent twice, which a busy broker can use least. Default 10 s.</summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The interval of heartbeats; a peer that misses two is given up. 1–60 s. Default 5 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long connecting and each step of the handshake may take, 100 ms–30 s. Default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Over how many channels publishes are spread, 1–32. Default 4.</summary>
    public int PublishChannels { get; init; } = 4;

    /// <summary>Gives a factory the user and password of this moment.</summary>
    internal void Renew(RabbitMQ.Client.ConnectionFactory factory)
    {
        if (Reread?.Invoke() is { } now)
            (factory.UserName, factory.Password) = (now.User, now.Password);
    }

    /// <summary>The address, without the password.</summary>
    public override string ToString() =>
        $"{(UseTls ? "amqps" : "amqp")}://{Uri.EscapeDataString(User)}@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{(VirtualHost is "/" ? "" : Uri.EscapeDataString(VirtualHost))}";
}
