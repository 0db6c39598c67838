using System.CommandLine;

namespace BusIngest.Api.Commands.Completion;

/// <summary>The command `completion`: scripts that have shells ask the program what may come next.</summary>
internal static class CompletionCommand
{
    private const string About = """
        Prints the script that completes commands, options and their values in a shell.

          eval "$(BusIngest.Api completion bash)"               in ~/.bashrc
          eval "$(BusIngest.Api completion zsh)"                in ~/.zshrc, after compinit
          BusIngest.Api completion fish | source                in ~/.config/fish/config.fish
          BusIngest.Api completion pwsh | Out-String | Invoke-Expression    in $PROFILE

        It completes BusIngest.Api by whatever path it is called; not `dotnet BusIngest.Api.dll`.
        """;

    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private static readonly Argument<string> Shell = new("SHELL")
    {
        Description = string.Join(", ", Shells),
        CustomParser = result =>
        {
            var shell = result.Tokens[0].Value;
            if (!Shells.Contains(shell, StringComparer.Ordinal))
                result.AddError($"SHELL must be one of {string.Join(", ", Shells)}, not '{TimerText.Printable(shell)}'.");
            return shell;
        },
    };

    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        Shell.CompletionSources.Clear();
        Shell.CompletionSources.Add(Shells);
        var completion = new Command("completion", About) { Shell };
        completion.SetAction(async (parsed, cancellationToken) =>
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(await ScriptAsync(parsed.GetRequiredValue(Shell), cancellationToken));
            return 0;
        });
        return completion;
    }

    private static async Task<string> ScriptAsync(string shell, CancellationToken cancellationToken)
    {
        var name = $"completion/{shell}";
        await using var resource = typeof(CompletionCommand).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the program");
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
