using BusIngest.Support.Programs;

namespace BusIngest.Faults.Commands;

/// <summary>Tests that type commands into a shell; $PROGRAM is the published program, and $URL a service.</summary>
public abstract class ShellTest : FaultTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private Installation? _installation;
    private Uri? _service;

    /// <summary>Where the commands are typed.</summary>
    protected string Folder => Here.WorkingDirectory;

    private Installation Here => _installation ??= Install();

    /// <summary>Starts a service.</summary>
    protected async Task<Uri> ServeAsync(params IEnumerable<(string Name, string? Value)> environment)
    {
        var program = await Install().StartAsync(Token, environment);
        return _service = program.Address!;
    }

    /// <summary>Types a command into a shell, and returns at once.</summary>
    /// <param name="command">What is typed.</param>
    /// <param name="shell">The shell and its switches.</param>
    protected async Task<ProgramUnderTest> LaunchAsync(string command, params string[] shell)
    {
        string[] typed = shell.Length > 0 ? [.. shell, command] : ["/bin/sh", "-c", command];
        return await Here.LaunchAsync(Here.Settings() with
        {
            Executable = typed[0],
            Arguments = typed[1..],
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["PROGRAM"] = await Publication.ExecutableAsync(), ["URL"] = _service?.ToString(), ["LC_ALL"] = "C.UTF-8", ["HOME"] = Folder,
            },
        });
    }

    /// <summary>Types a command into a shell, and gives what was written when it ended with a code.</summary>
    protected async Task<string> TypeAsync(string command, int code, params string[] shell)
    {
        var program = await LaunchAsync(command, shell);
        var exit = await program.WaitForExitAsync(Deadline, Token);
        var written = program.Output.Text();
        Assert.True(exit.Code == code, $"{exit.Code}: {written}");
        return written;
    }
}
