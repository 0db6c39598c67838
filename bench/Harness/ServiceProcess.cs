using System.Diagnostics;
using System.Globalization;

namespace BusIngest.Bench.Harness;

/// <summary>A program that serves HTTP, started for one measurement.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    private ServiceProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        Process = new Process { StartInfo = start, EnableRaisingEvents = true };
        Process.OutputDataReceived += (_, line) => Note(line.Data);
        Process.ErrorDataReceived += (_, line) => Note(line.Data);
        Process.Exited += (_, _) => _address.TrySetException(new BenchException($"{start.FileName} ended:\n{LastLines()}"));
        StartedAt = Stopwatch.GetTimestamp();
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>When it was started, as <see cref="Stopwatch"/> ticks.</summary>
    public long StartedAt { get; }

    /// <summary>A client of what it serves.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Starts a program and waits until it answers 200.</summary>
    /// <param name="start">How it is started.</param>
    /// <param name="ready">The path that tells.</param>
    public static async Task<ServiceProcess> StartAsync(ProcessStartInfo start, string ready)
    {
        var service = new ServiceProcess(start);
        try
        {
            service.Http.BaseAddress = await service._address.Task.WaitAsync(StartDeadline);
            await service.WaitUntilReadyAsync(ready);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it uses now.</summary>
    public ProcessUsage Usage() => ProcessUsage.Read(Process);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!Process.HasExited)
            await StopAsync();
        Process.Dispose();
    }

    private async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        using var deadline = new CancellationTokenSource(StopDeadline);
        try
        {
            await Process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"  {Process.ProcessName} did not stop within {StopDeadline.TotalSeconds} s and was killed");
            Process.Kill();
            await Process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task WaitUntilReadyAsync(string path)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var response = await Http.GetAsync(path);
            if (response.IsSuccessStatusCode)
                return;
            if (Stopwatch.GetElapsedTime(started) > StartDeadline)
                throw new BenchException($"{path} answers {(int)response.StatusCode}:\n{LastLines()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }

    private void Note(string? line)
    {
        if (line is null)
            return;

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 20)
                _lastLines.Dequeue();
        }

        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0)
            _address.TrySetResult(new Uri(line[(at + Announcement.Length)..].Split(' ', '"')[0]));
    }

    private string LastLines()
    {
        lock (_lastLines)
            return string.Join('\n', _lastLines);
    }
}
