namespace BusIngest.Api.Configuration;

/// <summary>Reads the section Http: where the process answers, to whom, and how much one may ask of it.</summary>
internal static class HttpRules
{
    private const int MostConnections = 1_000_000;
    private const int LeastSecret = 16;
    private const int MostSecret = 256;

    /// <summary>Reads the section.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="isOpen">Whether keys are configured or AUTH_ANONYMOUS is true.</param>
    /// <param name="workingDirectory">What paths are relative to.</param>
    public static HttpSettings Read(SettingReader reader, bool isOpen, string workingDirectory)
    {
        var defaults = new HttpSettings();
        return new HttpSettings
        {
            Port = reader.Int(SettingKeys.Port, defaults.Port, 0, 65_535),
            Bind = BindRules.Read(reader, isOpen),
            MaxBodyBytes = reader.Long(SettingKeys.MaxBodyBytes, defaults.MaxBodyBytes, 1L << 10, 1L << 30),
            MaxBodiesBytes = reader.Long(SettingKeys.MaxBodiesBytes, defaults.MaxBodiesBytes, 1L << 20, 1L << 40),
            BodyTimeout = Milliseconds(reader, SettingKeys.BodyTimeoutMs, defaults.BodyTimeout, 1_000, 3_600_000),
            MinBodyBytesPerSecond = reader.Int(SettingKeys.MinBodyBytesPerSecond, defaults.MinBodyBytesPerSecond, 1, 1_000_000),
            MaxHeaderBytes = reader.Int(SettingKeys.MaxHeaderBytes, defaults.MaxHeaderBytes, 4 << 10, 1 << 20),
            MaxConnections = reader.Int(SettingKeys.MaxConnections, defaults.MaxConnections, 1, MostConnections),
            MaxConnectionsPerAddress = reader.Int(SettingKeys.MaxConnectionsPerAddress, defaults.MaxConnectionsPerAddress, 1, MostConnections),
            MaxConnectionsPerProxy = reader.Int(SettingKeys.MaxConnectionsPerProxy, defaults.MaxConnectionsPerProxy, 1, MostConnections),
            FirstByteTimeout = Milliseconds(reader, SettingKeys.FirstByteTimeoutMs, defaults.FirstByteTimeout, 100, 120_000),
            KeepAliveTimeout = Milliseconds(reader, SettingKeys.KeepAliveTimeoutMs, defaults.KeepAliveTimeout, 1_000, 3_600_000),
            AllowedHosts = NameRules.Hosts(reader, defaults.AllowedHosts),
            CorsOrigins = NameRules.Origins(reader, defaults.CorsOrigins),
            TrustedProxies = NameRules.Proxies(reader, defaults.TrustedProxies),
            PublicUrl = NameRules.PublicUrl(reader),
            Certificate = File(reader, SettingKeys.Certificate, workingDirectory),
            CertificateKey = File(reader, SettingKeys.CertificateKey, workingDirectory),
            CertificatePassword = reader.Find(SettingKeys.CertificatePassword)?.Text,
        };
    }

    /// <summary>Reads what sessions are signed with.</summary>
    public static string? SessionSecret(SettingReader reader)
    {
        if (reader.Find(SettingKeys.SessionSecret) is not { } value)
            return null;
        if (value.Text.Length is < LeastSecret or > MostSecret)
            reader.RefuseSecret(value, $"is not {LeastSecret} to {MostSecret} characters long");
        return value.Text;
    }

    private static string? File(SettingReader reader, string key, string workingDirectory)
    {
        if (reader.Find(key) is not { } value)
            return null;

        var path = value.Text.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(value.Text, workingDirectory);
        if (!System.IO.File.Exists(path))
            reader.Refuse(value, "is not a file");
        else if (string.Equals(key, SettingKeys.CertificateKey, StringComparison.Ordinal) && reader.Find(SettingKeys.Certificate) is null)
            reader.Refuse(value, "needs TLS_CERTIFICATE");
        return path;
    }

    private static TimeSpan Milliseconds(SettingReader reader, string key, TimeSpan fallback, int least, int most) =>
        TimeSpan.FromMilliseconds(reader.Int(key, (int)fallback.TotalMilliseconds, least, most));
}
