using System.Globalization;
using System.Reflection;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Data;

/// <summary>
/// The file of <c>sampling.table</c>: dies whose temperatures and shifts are known, a row for each in the order of their
/// indices, under the names and in the units in which a run stores them.
/// </summary>
/// <param name="Rows">Number of dies.</param>
/// <param name="Dies">What is known of them.</param>
/// <param name="Sha256">Hash of the file, in hexadecimal.</param>
public sealed record SiliconTable(int Rows, GivenDies Dies, string Sha256)
{
    private const string Die = MonteCarlo.Runs.DieTable.Die;

    private static readonly ParameterAttribute Kelvin = Declaration<TemperatureSettings>(
        nameof(TemperatureSettings.Value)
    );

    private static readonly string[] Known = [DieColumns.Temperature, .. DieColumns.Shifts.Select(shift => shift.Name)];

    /// <summary>Reads a table.</summary>
    /// <param name="path">CSV with a header line, or Parquet.</param>
    /// <exception cref="StudyException">Anything wrong with it, with its place.</exception>
    public static SiliconTable Read(string path)
    {
        INumberTable table = Open(path);
        RefuseMisspelt(table);
        if (table.Columns.Contains(Die))
            RefuseOtherOrder(table);
        double[]? kelvin = table.Columns.Contains(DieColumns.Temperature) ? Temperatures(table) : null;
        var shifts = Enum.GetValues<GlobalShift>()
            .Where(shift => table.Columns.Contains(Name(shift)))
            .ToDictionary(shift => shift, shift => (IReadOnlyList<double>)Shifts(table, shift));
        return new(
            kelvin?.Length ?? shifts.Values.First().Count,
            new() { Temperatures = kelvin, Shifts = shifts },
            table.Sha256
        );
    }

    /// <summary>The column of a shift.</summary>
    public static string Name(GlobalShift shift) => DieColumns.Shifts[(int)shift].Name;

    private static INumberTable Open(string path)
    {
        byte[] bytes = UserFile.ReadBytes(path, " (sampling.table is relative to the study file)");
        bool isParquet =
            ParquetNumbers.IsParquet(bytes)
            || Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase);
        return isParquet ? new ParquetNumbers(path, bytes) : CsvTable.Parse(path, bytes, "die", "dies");
    }

    // Other columns may be there, but one that looks like a column that is not there is a mistake.
    private static void RefuseMisspelt(INumberTable table)
    {
        string[] absent = [.. Known.Except(table.Columns)];
        foreach (string column in table.Columns.Except(Known))
            if (NearestName.Near(column, absent) is { } meant)
                throw table.Error($"unknown column '{column}'; did you mean '{meant}'?");
        if (absent.Length == Known.Length)
            throw table.Error($"no column says what is known of the dies; expected any of {string.Join(", ", Known)}");
    }

    private static void RefuseOtherOrder(INumberTable table)
    {
        double[] dies = table.Numbers(Die);
        for (int row = 0; row < dies.Length; row++)
            if (dies[row] != row)
                throw table.Error(
                    row,
                    Die,
                    $"{Text(dies[row])}; expected {row}, since dies are counted from 0 in order"
                );
    }

    // Exactly the temperature whose difference to 0 C a run stored: see DieConditions.
    private static double[] Temperatures(INumberTable table)
    {
        double[] celsius = table.Numbers(DieColumns.Temperature);
        double[] kelvin = [.. celsius.Select(value => value + PhysicalConstants.ZeroCelsius)];
        int wrong = Array.FindIndex(kelvin, value => !Kelvin.Allows(value));
        return wrong < 0
            ? kelvin
            : throw table.Error(
                wrong,
                DieColumns.Temperature,
                $"{Text(celsius[wrong])} is out of range; expected {Text(Kelvin.Min - PhysicalConstants.ZeroCelsius)} to {Text(Kelvin.Max - PhysicalConstants.ZeroCelsius)} (100 K to 500 K)"
            );
    }

    private static double[] Shifts(INumberTable table, GlobalShift shift)
    {
        ParameterAttribute range = Declaration<ProcessCorner>($"{shift}");
        double[] values = table.Numbers(Name(shift));
        int wrong = Array.FindIndex(values, value => !range.Allows(value));
        return wrong < 0
            ? values
            : throw table.Error(
                wrong,
                Name(shift),
                $"{Text(values[wrong])} is out of range; expected {(range.MinExcluded ? "above " : "")}{Text(range.Min)} to {Text(range.Max)}{(range.Unit == "1" ? "" : $" {range.Unit}")}"
            );
    }

    private static ParameterAttribute Declaration<T>(string property) =>
        typeof(T).GetProperty(property)!.GetCustomAttribute<ParameterAttribute>()!;

    private static string Text(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
