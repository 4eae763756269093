using System.Globalization;
using System.Text;
using YieldLab.Circuits.Cells;

namespace YieldLab.Circuits.Netlists;

/// <summary>Lines of a netlist. Numbers are written in full, so that the netlist is exactly that die.</summary>
internal sealed class SpiceText
{
    private readonly StringBuilder _text = new();

    /// <summary>Longest line; ngspice continues on a line that begins with a plus sign.</summary>
    private const int Width = 120;

    /// <summary>A line as it stands.</summary>
    public SpiceText Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>A statement of words, broken into several lines where it is long.</summary>
    public SpiceText Statement(IEnumerable<string> words)
    {
        int column = 0;
        foreach (string word in words)
        {
            if (column + word.Length + 1 > Width)
            {
                _text.Append("\n+");
                column = 1;
            }
            _text.Append(column == 0 ? "" : " ").Append(word);
            column += word.Length + 1;
        }
        return Line();
    }

    public override string ToString() => _text.ToString();

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Number(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>The errors of one loop as parameters: threshold in volts and relative current factor.</summary>
    public static string Errors(
        GivenErrors errors,
        LoopKind kind,
        int cell,
        string threshold = "dv",
        string beta = "beta"
    )
    {
        var (thresholds, betas) = errors.CellLoops[kind];
        return $"{threshold}={Number(thresholds[cell])} {beta}={Number(betas[cell])}";
    }

    /// <summary>The temperature of one cell as a parameter, in kelvin.</summary>
    public static string Temperature(GivenErrors errors, Site site, int cell) =>
        $"t={Number(errors.CellTemperatures[site][cell])}";
}
