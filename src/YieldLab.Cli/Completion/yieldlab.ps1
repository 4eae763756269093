# Completion of yieldlab for PowerShell. The program itself says what can stand here; where it has nothing to say,
# PowerShell completes the name of a file.
Register-ArgumentCompleter -Native -CommandName yieldlab -ScriptBlock {
    param($word, $ast, $place)
    $program = $ast.CommandElements[0].Extent.Text
    $line = $ast.ToString().PadRight($place - $ast.Extent.StartOffset).Substring($program.Length)
    & $program "[suggest:$($line.Length)]" $line 2>$null |
        Where-Object { $_ -and $_ -notlike '/*' -and ($_ -notlike '-*' -or $word -like '-*') -and $_ -like "$word*" } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
