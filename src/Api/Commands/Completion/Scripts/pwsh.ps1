# PowerShell completion of BusIngest.Api; it asks the program itself what may come next.
Register-ArgumentCompleter -Native -CommandName 'BusIngest.Api', 'BusIngest' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $program = $commandAst.CommandElements[0].Extent.Text
    $line = $commandAst.Extent.Text.Substring($program.Length).TrimStart()
    # What the tree has no text of is a word that is yet to begin.
    if ($wordToComplete -eq '' -and $line -ne '') { $line += ' ' }
    & $program "[suggest:$($line.Length)]" $line 2>$null | Where-Object { $_ -and $_ -like "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
