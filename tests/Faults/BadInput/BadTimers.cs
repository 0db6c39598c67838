namespace BusIngest.Faults.BadInput;

/// <summary>Bad input of the timers' routes.</summary>
internal static class BadTimers
{
    private const string Route = "api/v1/timer";
    private const string Unknown = "6f1c2a34-0000-4000-8000-000000000000";
    private static readonly string[] Fields = ["hours", "minutes", "seconds", "webhookUrl"];

    private static readonly string[] BadUrls =
    [
        "\"\"", "\" \"", "null", "5", "true", "{}", "[]", "\"nonsense\"", "\"/hook\"", "\"//example.com\"", "\"http://\"", "\"http:example.com\"",
        "\"ftp://example.com/x\"", "\"file:///etc/passwd\"", "\"javascript:alert(1)\"", "\"http://user:password@example.com\"",
        "\"http://127.0.0.1\"", "\"http://127.0.0.1:9000/x\"", "\"http://127.1\"", "\"http://2130706433/\"", "\"http://0x7f000001/\"", "\"http://0177.0.0.1/\"",
        "\"http://0.0.0.0/\"", "\"http://10.0.0.1\"", "\"http://172.16.0.1\"", "\"http://192.168.1.1\"", "\"http://169.254.169.254/latest/meta-data\"",
        "\"http://100.64.0.1\"", "\"http://255.255.255.255\"", "\"http://[::1]/\"", "\"http://[::]/\"", "\"http://[::ffff:10.0.0.1]\"", "\"http://[::ffff:0.0.0.0]\"",
        "\"http://[::ffff:7f00:1]\"", "\"http://[fe80::1]\"", "\"http://[fd00::1]\"", "\"http://[64:ff9b::7f00:1]\"", "\"http://localhost\"",
        "\"http://LOCALHOST:80/\"", "\"http://localhost./\"", "\"http://a.localhost/\"", "\"http://exa mple.com\"", "\"http://example.com:99999/\"",
        "\"http://\\ud83d.com\"",
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<BadRequest> All() =>
    [
        .. Bad("hours", "1.5", "-1", "\"1\"", "null", "true", "[]", "{}", "1e400", "876001", "99999999999999999999", "NaNa"),
        .. Bad("minutes", "60", "-1", "0.5", "\"5\"", "null", "4294967296"),
        .. Bad("seconds", "60", "-1", "59.5", "\"\"", "null", "1e3"),
        .. Bad("webhookUrl", BadUrls),
        new($"webhookUrl of 3,000 characters", Route, With("webhookUrl", $"\"http://example.com/{new string('x', 2_981)}\"")) { Blamed = ["webhookUrl"] },
        .. Fields.Select(static field => new BadRequest($"No {field}", Route, Without(field)) { Blamed = [field] }),
        .. Fields.Select(static field => new BadRequest($"{field} twice", Route, Twice(field)) { Blamed = [field] }),
        .. Fields.Select(static field => new BadRequest($"No body: {field} is blamed", Route, (byte[]?)null) { Blamed = [field] }),
        .. new[] { "{", "[]", "null", "5", "\"x\"", "{} {}", "[" + Without("") + "]", Without("") + "x", "{\"hours\":}" }
            .Select(static body => new BadRequest($"The body {body}", Route, body)),
        .. new[] { "not-a-uuid", "-1", Unknown }.SelectMany(static id => new[]
        {
            new BadRequest($"GET {id}", $"{Route}/{id}", (byte[]?)null) { Method = HttpMethod.Get, Statuses = [404] },
            new BadRequest($"GET {id}/attempts", $"{Route}/{id}/attempts", (byte[]?)null) { Method = HttpMethod.Get, Statuses = [404] },
            new BadRequest($"DELETE {id}", $"{Route}/{id}", (byte[]?)null) { Method = HttpMethod.Delete, Statuses = [404] },
            new BadRequest($"POST {id}/redeliver", $"{Route}/{id}/redeliver", (byte[]?)null) { Statuses = [404] },
        }),
        .. new[] { "limit=0", "limit=10001", "limit=abc", "after=nonsense", "status=Asleep", "status=finished", "status=" }
            .SelectMany(static query => new[] { Get($"api/v1/timers?{query}", query), Get($"sagas/timer?{query.Replace("status", "state", StringComparison.Ordinal)}", query) }),
        .. new[] { "sagas/nothing", "sagas/nothing/graph", $"sagas/timer/{Unknown}", "sagas/timer/not-a-uuid" }
            .Select(static route => Get(route, "") with { Statuses = [404], Blamed = [] }),
        new("PUT timer", Route, Without("")) { Method = HttpMethod.Put, Statuses = [405] },
        new("POST timers", "api/v1/timers", Without("")) { Statuses = [405] },
        new("DELETE sagas", "sagas", (byte[]?)null) { Method = HttpMethod.Delete, Statuses = [405] },
    ];

    /// <summary>A timer that calls an address and is due at once.</summary>
    public static string Calling(string url) => With("webhookUrl", $"\"{url}\"");

    private static IEnumerable<BadRequest> Bad(string field, params string[] values) => values.Select(value =>
        new BadRequest($"{field}: {value}", Route, With(field, value)) { Blamed = value is "NaNa" ? [] : [field] });

    private static BadRequest Get(string route, string query) => new($"GET {route}", route, (byte[]?)null)
    {
        Method = HttpMethod.Get,
        Blamed = [query.Split('=')[0] is "status" && route.StartsWith("sagas", StringComparison.Ordinal) ? "state" : query.Split('=')[0]],
    };

    private static string With(string field, string json) => Object(Good().Select(f => Is(f.Name, field) ? (field, json) : f));

    private static string Without(string field) => Object(Good().Where(f => !Is(f.Name, field)));

    private static string Twice(string field) => Object(Good().Concat(Good().Where(f => Is(f.Name, field))));

    private static bool Is(string name, string field) => string.Equals(name, field, StringComparison.Ordinal);

    private static (string Name, string Json)[] Good() => [("hours", "0"), ("minutes", "0"), ("seconds", "0"), ("webhookUrl", "\"http://example.com/hook\"")];

    private static string Object(IEnumerable<(string Name, string Json)> fields) =>
        "{" + string.Join(',', fields.Select(static f => $"\"{f.Name}\":{f.Json}")) + "}";
}
