namespace YieldLab.Cli.Notebooks;

/// <summary>What broke a notebook off.</summary>
/// <param name="Cell">Cell where it happened, from 1; the one that called may be a later one.</param>
/// <param name="Line">Line in the cell, from 1; 0: unknown.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Name">Number of the compiler's error, or type of the exception.</param>
/// <param name="Message">What happened, in one line.</param>
internal sealed record CellError(int Cell, int Line, int Column, string Name, string Message)
{
    public string Place => Line > 0 ? $"cell {Cell}, line {Line}, column {Column}" : $"cell {Cell}";
}
