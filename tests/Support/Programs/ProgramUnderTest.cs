using System.Diagnostics;

namespace BusIngest.Support.Programs;

/// <summary>The published program, or another one of the tests, as a process of its own.</summary>
public sealed class ProgramUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly int _processId;
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private Uri? _address;

    private ProgramUnderTest(Process process, ProgramOutput output)
    {
        _process = process;
        _processId = process.Id;
        Output = output;
        RunningPrograms.Add(_processId);
    }

    /// <summary>What it prints.</summary>
    public ProgramOutput Output { get; }

    /// <summary>Where it serves; null before it says so.</summary>
    public Uri? Address => _address ??= Output.Address();

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Time since it was started.</summary>
    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_begun);

    /// <summary>Its memory in bytes that is in RAM.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it and returns at once.</summary>
    public static async Task<ProgramUnderTest> LaunchAsync(ProgramSettings settings)
    {
        // The shell becomes the program, which so keeps its process id and writes its output itself.
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", settings.OutputFile, settings.Executable ?? await Publication.ExecutableAsync() },
            WorkingDirectory = settings.WorkingDirectory,
        };
        foreach (var argument in settings.Arguments)
            start.ArgumentList.Add(argument);
        ProgramEnvironment.Apply(start.Environment, settings);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start");
        return new ProgramUnderTest(process, new ProgramOutput(settings.OutputFile));
    }

    /// <summary>Returns when it says that it is ready, with its age then.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    /// <exception cref="TimeoutException">It was not ready within a minute.</exception>
    public Task<TimeSpan> WaitUntilReadyAsync(CancellationToken cancellationToken) => WaitUntilReadyAsync(StartDeadline, cancellationToken);

    /// <summary>The same with another deadline.</summary>
    public async Task<TimeSpan> WaitUntilReadyAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        var seen = await Eventually.BecomesAsync(
            "The program is ready",
            async token => HasExited ? "ended" : Address is { } address ? await StatusAsync(http, new Uri(address, "health/ready"), token) : "silent",
            static state => state is "200" or "ended",
            deadline,
            cancellationToken);
        if (string.Equals(seen, "ended", StringComparison.Ordinal))
            throw new InvalidOperationException($"The program ended with code {_process.ExitCode}:\n{Output.Tail(40)}");
        return Age;
    }

    /// <summary>SIGKILL, and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        Send(Signal.Kill);
        await _process.WaitForExitAsync();
        RunningPrograms.Remove(_processId);
    }

    /// <summary>SIGTERM, and returns at once.</summary>
    public void Terminate() => Send(Signal.Terminate);

    /// <summary>SIGTERM, and returns when it has ended.</summary>
    /// <exception cref="TimeoutException">It did not end within the deadline; it has been killed.</exception>
    public async Task<ProgramExit> TerminateAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        Terminate();
        return await WaitForExitAsync(deadline, cancellationToken);
    }

    /// <summary>Returns when it has ended by itself.</summary>
    /// <exception cref="TimeoutException">It did not within the deadline; it has been killed.</exception>
    public async Task<ProgramExit> WaitForExitAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var limit = new CancellationTokenSource(deadline, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _process.WaitForExitAsync(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync();
            throw new TimeoutException($"The program did not end within {deadline.TotalSeconds:0.#} s:\n{Output.Tail(40)}", e);
        }

        RunningPrograms.Remove(_processId);
        return new ProgramExit(_process.ExitCode, TimeProvider.System.GetElapsedTime(begun));
    }

    /// <summary>SIGINT, as Ctrl-C sends it, and returns at once.</summary>
    public void Interrupt() => Send(Signal.Interrupt);

    /// <summary>SIGSTOP: it stands still until <see cref="Continue"/>.</summary>
    public void Freeze() => Send(Signal.Stop);

    /// <summary>SIGCONT.</summary>
    public void Continue() => Send(Signal.Continue);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    // The id of a process that has ended may belong to another by now.
    private void Send(int signal)
    {
        if (!_process.HasExited)
            Signal.Send(_processId, signal);
    }

    private static async Task<string> StatusAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(address, cancellationToken);
        return ((int)answer.StatusCode).ToString();
    }
}
