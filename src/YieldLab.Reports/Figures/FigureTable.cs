namespace YieldLab.Reports.Figures;

/// <summary>The numbers of a picture as text, for those who cannot see it or want to copy them.</summary>
/// <param name="Header">Names of the columns, with units.</param>
/// <param name="Rows">As long as the header each.</param>
public sealed record FigureTable(string[] Header, string[][] Rows);
