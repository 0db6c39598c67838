namespace BusIngest.Faults.Commands;

/// <summary>The scripts of `completion` in their shells.</summary>
public sealed class CompletionTests : ShellTest
{
    private const string Link = "mkdir -p bin && ln -sf \"$PROGRAM\" bin/BusIngest.Api && PATH=$PWD/bin:$PATH";

    [Fact]
    public async Task Should_complete_in_bash() => AssertSuggested(await TypeAsync(
        $$"""
        {{Link}}
        eval "$(BusIngest.Api completion bash)" && complete -p BusIngest.Api >/dev/null || exit 3
        suggest() {
            COMP_LINE=$1 COMP_POINT=${#1}
            _busingest_api BusIngest.Api "$2" "$3"
            printf '%s ' "${COMPREPLY[@]}"; echo .
        }
        suggest 'BusIngest.Api failed li' li failed
        suggest 'BusIngest.Api timers watch --status F' F --status
        suggest 'BusIngest.Api clean --data-dir /e' /e --data-dir
        """,
        0,
        "bash", "--norc", "-c"));

    [Fact]
    public async Task Should_complete_in_zsh() => AssertSuggested(await TypeAsync(
        $$"""
        {{Link}}
        autoload -Uz compinit && compinit -D -u
        eval "$(BusIngest.Api completion zsh)" && [[ ${_comps[BusIngest.Api]} == _busingest_api ]] || exit 3
        # What the line editor does with them: those that begin with the word.
        compadd() { shift; print -rn -- "${(@M)@:#$words[CURRENT]*} " }
        _files() { }
        suggest() { words=("$@") CURRENT=$#; _busingest_api; print . }
        suggest BusIngest.Api failed li
        suggest BusIngest.Api timers watch --status F
        suggest BusIngest.Api clean --data-dir /e
        """,
        0,
        "zsh", "-f", "-c"));

    [Fact]
    public async Task Should_complete_in_fish() => AssertSuggested(await TypeAsync(
        """
        mkdir -p bin; ln -sf $PROGRAM bin/BusIngest.Api; set -x PATH $PWD/bin $PATH
        BusIngest.Api completion fish | source; or exit 3
        function suggest; printf '%s ' (complete -C $argv[1] | string match -v '/*'); echo .; end
        suggest 'BusIngest.Api failed li'
        suggest 'BusIngest.Api timers watch --status F'
        suggest 'BusIngest.Api clean --data-dir /e'
        """,
        0,
        "fish", "--no-config", "-c"));

    private static void AssertSuggested(string written)
    {
        var lines = written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal([["list", "."], ["Failed", "Finished", "."], ["."]], lines);
    }
}
