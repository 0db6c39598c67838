namespace BusIngest.Faults.BadInput;

/// <summary>Bad input of every route but POST /cars.</summary>
internal static class BadQueries
{
    private static readonly string[] Listings = ["cars", "messages/failed"];
    private static readonly string[] Limits = ["0", "-1", "10001", "abc", "1.5", "99999999999999999999", "1e3", "0x10"];
    private static readonly string[] Positions = ["nonsense", "-5", "%00", "%FF", "eyJ9", "99999999999999999999999", new('a', 2_000)];

    private static readonly (HttpMethod Method, string Route)[] WrongMethods =
    [
        (HttpMethod.Delete, "cars"),
        (HttpMethod.Put, "cars"),
        (HttpMethod.Patch, "cars/seeder"),
        (HttpMethod.Post, "cars/stats"),
        (HttpMethod.Get, "cars/seeder/start"),
        (HttpMethod.Delete, "outbox"),
        (HttpMethod.Put, "messages/failed"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<BadRequest> All() =>
    [
        .. Listings.SelectMany(static route => Limits.Select(limit => Get($"{route}?limit={limit}", "limit"))),
        .. Listings.SelectMany(static route => Positions.Select(after => Get($"{route}?after={after}", "after"))),
        .. Seeder("-1", "1.5", "\"x\"", "\"30\"", "null", "true", "[]", "{}", "86400001", "99999999999", "1e400"),
        .. new[] { "", "{", "[]", "null", "5", "\"x\"", "[{\"intervalMs\":5}]", "{\"intervalMs\":5", "{\"intervalMs\":NaN}" }
            .Select(static body => new BadRequest($"PUT cars/seeder: {body}", "cars/seeder", body) { Method = HttpMethod.Put }),
        new("PUT cars/seeder: {}", "cars/seeder", "{}") { Method = HttpMethod.Put, Blamed = ["intervalMs"] },
        .. new[] { "not-a-uuid", "5", "..%2f..", "6f1c2a34-0000-4000-8000-000000000000" }
            .Select(static id => Get($"cars/{id}") with { Statuses = [400, 404] }),
        .. new[] { "not-an-id", "-1", "99999999999999999999", "6f1c2a34-0000-4000-8000-000000000000" }.SelectMany(static id => new[]
        {
            new BadRequest($"POST messages/failed/{id}/retry", $"messages/failed/{id}/retry", (byte[]?)null) { Statuses = [400, 404] },
            new BadRequest($"DELETE messages/failed/{id}", $"messages/failed/{id}", (byte[]?)null) { Method = HttpMethod.Delete, Statuses = [400, 404] },
        }),
        .. new[] { "nowhere", "cars/seeder/nowhere", "carz", "health/nowhere" }
            .Select(static route => Get(route) with { Statuses = [404] }),
        .. WrongMethods.Select(static wrong =>
            new BadRequest($"{wrong.Method} {wrong.Route}", wrong.Route, (byte[]?)null) { Method = wrong.Method, Statuses = [405] }),
    ];

    private static BadRequest Get(string route, params string[] blamed) =>
        new($"GET {(route.Length < 60 ? route : route[..60])}", route, (byte[]?)null) { Method = HttpMethod.Get, Blamed = blamed };

    private static IEnumerable<BadRequest> Seeder(params string[] intervals) => intervals.Select(static json =>
        new BadRequest($"PUT cars/seeder, intervalMs: {json}", "cars/seeder", $$"""{"intervalMs":{{json}}}""")
        {
            Method = HttpMethod.Put,
            Blamed = ["intervalMs"],
        });
}
