using System.Diagnostics;
using System.Text.Json;
using BusIngest.Bench.Harness;

namespace BusIngest.Bench.Benchmarks.Events;

/// <summary>Posts batches of ten new events by wrk, and counts by the summaries what is stored.</summary>
internal static class EventLoad
{
    /// <summary>Events a request.</summary>
    public const int Batch = 10;

    private const int Connections = 32;
    private const int Accounts = 50;
    private const int DefaultSeconds = 15;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(3);

    /// <summary>Loads the program, and checks that it has stored what it accepted.</summary>
    public static async Task<Measurement> MeasureAsync(BenchOptions options, WorkFolder folder, ServiceProcess service)
    {
        await PostAsync(folder, service, WarmUp);
        await SettledAsync(service);
        var (stored, before) = (await StoredAsync(service), service.Usage());
        var load = await PostAsync(folder, service, options.Duration(DefaultSeconds));
        var (after, ended) = (service.Usage(), Stopwatch.GetTimestamp());
        var meanwhile = await StoredAsync(service) - stored;
        var seconds = Stopwatch.GetElapsedTime(before.At).TotalSeconds;
        var all = await SettledAsync(service) - stored;

        // Requests that were under way when the client stopped may be stored beyond those that it saw answered.
        var accepted = (load.Requests - load.Errors) * Batch;
        if (all < accepted || all > accepted + (Connections * Batch))
            throw new BenchException($"{accepted} events were accepted, and {all} are stored.");
        return new Measurement(
        [
            .. load.Figures(),
            new("stored events/s meanwhile", meanwhile / seconds),
            new("CPU µs/event, up to then", (after.Cpu - before.Cpu).TotalMicroseconds / accepted),
            new("drained s", Stopwatch.GetElapsedTime(ended).TotalSeconds),
            new("events/s to the end", all / Stopwatch.GetElapsedTime(before.At).TotalSeconds),
            new("RSS MB", after.ResidentMegabytes),
        ]);
    }

    /// <summary>Loads a twin, which stores what it answers.</summary>
    public static async Task<Measurement> MeasureTwinAsync(BenchOptions options, WorkFolder folder, ServiceProcess service)
    {
        await PostAsync(folder, service, WarmUp);
        var before = service.Usage();
        var load = await PostAsync(folder, service, options.Duration(DefaultSeconds));
        var after = service.Usage();
        return new Measurement(
        [
            .. load.Figures(),
            new("stored events/s meanwhile", load.PerSecond * Batch),
            new("CPU µs/event, up to then", (after.Cpu - before.Cpu).TotalMicroseconds / (load.Requests * Batch)),
            new("events/s to the end", load.PerSecond * Batch),
            new("RSS MB", after.ResidentMegabytes),
        ]);
    }

    private static Task<LoadResult> PostAsync(WorkFolder folder, ServiceProcess service, TimeSpan duration) =>
        WrkClient.RunAsync(folder, new Uri(service.Http.BaseAddress!, "/events"), Script(), Connections, duration);

    /// <summary>Ids are new with every request, times of the last two hours.</summary>
    private static string Script()
    {
        var now = TimeProvider.System.GetUtcNow();
        return $$$"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "application/json"
            local run, count = "{{{Guid.NewGuid().ToString("N")[..12]}}}", 0
            local types = { "message_sent", "call_made", "form_submitted", "login", "custom" }
            local parts = {}
            request = function()
              for i = 1, {{{Batch}}} do
                count = count + 1
                parts[i] = string.format('{"event_id":"%s-%012d","account_id":"acct-%05d","user_id":"user-%04d","type":"%s","timestamp":"{{{now.AddHours(-1):yyyy-MM-ddTHH}}}:%02d:%02d.%03dZ","metadata":{"channel":"web","size":%d}}',
                  run, count, count * 7 % {{{Accounts}}}, count * 13 % 100, types[count % 5 + 1], count % 60, count * 7 % 60, count % 1000, count % 997)
              end
              return wrk.format(nil, nil, nil, '{"events":[' .. table.concat(parts, ",") .. ']}')
            end
            """;
    }

    /// <summary>Events in all summaries.</summary>
    private static async Task<long> StoredAsync(ServiceProcess service)
    {
        var sum = 0L;
        for (var account = 0; account < Accounts; account++)
        {
            using var summary = JsonDocument.Parse(
                await service.Http.GetStringAsync($"/accounts/acct-{account:D5}/summary?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z"));
            foreach (var total in summary.RootElement.GetProperty("totals").EnumerateObject())
                sum += total.Value.GetInt64();
        }

        return sum;
    }

    /// <summary>Waits until no more are stored.</summary>
    private static async Task<long> SettledAsync(ServiceProcess service)
    {
        var (started, before, still) = (Stopwatch.GetTimestamp(), -1L, 0);
        while (still < 30)
        {
            if (Stopwatch.GetElapsedTime(started) > DrainDeadline)
                throw new BenchException($"It still stores after {DrainDeadline.TotalSeconds:0} s.");
            var now = await StoredAsync(service);
            still = now == before ? still + 1 : 0;
            before = now;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }

        return before;
    }
}
