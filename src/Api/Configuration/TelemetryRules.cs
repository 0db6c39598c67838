namespace BusIngest.Api.Configuration;

/// <summary>Reads the settings of telemetry.</summary>
internal static class TelemetryRules
{
    private const double MostAvailable = 0.99999;

    /// <summary>Reads them.</summary>
    public static TelemetrySettings Read(SettingReader reader)
    {
        var defaults = new TelemetrySettings();
        return new TelemetrySettings
        {
            OtlpEndpoint = Endpoint(reader),
            OtlpProtocol = Protocol(reader, defaults.OtlpProtocol),
            SampleRatio = reader.Real(SettingKeys.TelemetrySampleRatio, defaults.SampleRatio, 0, 1),
            SloAvailability = reader.Real(SettingKeys.TelemetrySloAvailability, defaults.SloAvailability, 0, MostAvailable),
        };
    }

    private static Uri? Endpoint(SettingReader reader)
    {
        if (reader.Find(SettingKeys.TelemetryOtlpEndpoint) is not { } value)
            return null;

        if (Uri.TryCreate(value.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
            return uri;

        // It may have been given with a password.
        reader.RefuseSecret(value, "is not an http or https address without user and password");
        return null;
    }

    /// <summary>By the names that OpenTelemetry has for them.</summary>
    private static OtlpTransport Protocol(SettingReader reader, OtlpTransport fallback)
    {
        switch (reader.Find(SettingKeys.TelemetryOtlpProtocol))
        {
            case null:
                return fallback;
            case { Text: "grpc" }:
                return OtlpTransport.Grpc;
            case { Text: "http/protobuf" }:
                return OtlpTransport.HttpProtobuf;
            case var value:
                reader.Refuse(value, "is not one of grpc, http/protobuf");
                return fallback;
        }
    }
}
