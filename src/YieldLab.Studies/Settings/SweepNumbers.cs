using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>Reads the range of a swept key.</summary>
internal sealed class SweepNumbers
{
    // Of a step count that is whole but for the rounding of two ends and a step.
    private const double Rounding = 1e-9;

    private readonly YamlFile _file;
    private readonly YamlMappingNode _range;
    private readonly string _path;
    private readonly SweptType _type;

    private SweepNumbers(YamlFile file, YamlMappingNode range, string path, SweptType type)
    {
        _file = file;
        _range = range;
        _path = path;
        _type = type;
    }

    /// <summary>The numbers of a range in the stored unit of the key, both ends included.</summary>
    /// <param name="file">The file that has the range, or to which an option adds it.</param>
    /// <param name="range">The range.</param>
    /// <param name="path">How messages name it.</param>
    /// <param name="type">What the key takes.</param>
    public static double[] Of(YamlFile file, YamlMappingNode range, string path, SweptType type) =>
        new SweepNumbers(file, range, path, type).Read();

    private double[] Read()
    {
        var settings = new YamlBinder(_file).Bind<SweepRange>(_range, _path);
        double from = End("from");
        double to = End("to");
        if (from == to)
            throw Error("from and to are the same; expected two ends");
        double[] numbers = (settings.Count, settings.Step, settings.Scale) switch
        {
            (null, null, _) => throw Error("missing key 'count' (number of values, both ends included), or 'step'"),
            ({ }, { }, _) => throw Error("count and step are set together; expected one of them"),
            (null, { }, RangeScale.Log) => throw ErrorAt("step", "a log scale has no step; expected count"),
            (null, { }, _) => Spacing.Linear(from, to, CountOfSteps(from, to)),
            ({ } count, null, RangeScale.Log) => Spacing.Logarithmic(Positive("from", from), Positive("to", to), count),
            ({ } count, null, _) => Spacing.Linear(from, to, count),
        };
        RefuseParts(numbers);
        return numbers;
    }

    private double End(string key) =>
        (double)_type.Stored(new YamlBinder(_file).Bind(_range.Children[key], $"{_path}.{key}", _type.Property)!);

    private double Positive(string key, double end)
    {
        if (_type.IsTemperature)
            throw ErrorAt("scale", "degrees Celsius have no log scale; expected linear");
        return end > 0
            ? end
            : throw ErrorAt(key, $"'{_range.Children[key]}' is not above 0, as both ends of a log scale are");
    }

    private int CountOfSteps(double from, double to)
    {
        double steps = (to - from) / Step();
        double whole = Math.Round(steps);
        if (!(whole >= 1 && Math.Abs(steps - whole) <= Rounding * whole))
            throw ErrorAt(
                "step",
                $"no whole number of steps of '{_range.Children["step"]}' leads from {_type.Text(from)} to {_type.Text(to)}"
            );
        return whole < StudySweep.MostPoints
            ? (int)whole + 1
            : throw ErrorAt("step", $"makes {whole + 1} values; expected at most {StudySweep.MostPoints}");
    }

    // A step of a temperature may be written in kelvin or, as its ends are, in degrees Celsius.
    private double Step()
    {
        string text = $"{_range.Children["step"]}";
        string unit = _type.IsTemperature ? Quantity.Difference : _type.Parameter!.Unit;
        if (Quantity.TryParse(text, unit, out double step, out string? problem))
            return step;
        if (_type.IsTemperature && Quantity.TryParse(text, "K", out double kelvin, out _))
            return (double)_type.Stored(kelvin);
        string kind = unit == "1" ? "a number" : $"a quantity in {unit.Replace(" (difference)", "")}";
        throw ErrorAt("step", $"{problem}; expected {kind}");
    }

    private void RefuseParts(double[] numbers)
    {
        int part = Array.FindIndex(numbers, number => number != Math.Floor(number));
        if (_type.IsWhole && part >= 0)
            throw Error(
                $"value {part + 1} of {numbers.Length} is {_type.Text(numbers[part])}; expected whole numbers only"
            );
    }

    private StudyException Error(string message) => _file.Error(_range, _path, message);

    private StudyException ErrorAt(string key, string message) =>
        _file.Error(_range.Children[key], $"{_path}.{key}", message);
}
