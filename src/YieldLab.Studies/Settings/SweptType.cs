using System.Reflection;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>What values a swept key takes and how they are stored and written.</summary>
/// <param name="Property">The setting behind the key.</param>
internal sealed record SweptType(PropertyInfo Property)
{
    private const string Kelvin = "K";
    private const string Celsius = "C";

    // 1e-10 C is far above the rounding of a temperature in kelvin, 6e-14.
    private const int CelsiusDecimals = 10;

    private Type Type { get; } = Keys.Plain(Property.PropertyType);

    /// <summary>Declaration of a number; null where the key is none.</summary>
    public ParameterAttribute? Parameter { get; } = Property.GetCustomAttribute<ParameterAttribute>();

    public bool IsNumber => Parameter is not null && Type != typeof(string);

    public bool IsWhole => IsNumber && Type != typeof(double);

    /// <summary>A temperature, not a difference of two.</summary>
    public bool IsTemperature => Parameter?.Unit == Kelvin;

    /// <summary>Unit of the stored values.</summary>
    public string Unit =>
        Parameter?.Unit switch
        {
            Kelvin => Celsius,
            Quantity.Difference => Kelvin,
            { } unit => unit,
            null => "1",
        };

    /// <summary>What stands under the key in a sweep.</summary>
    public string Expectation =>
        IsNumber
            ? $"expected a list, such as [{Example}], or a range of from, to and count"
            : $"expected a list, such as [{Example}]";

    /// <summary>A setting as a sweep stores it: a double in <see cref="Unit"/>, or the text of a choice.</summary>
    public object Stored(object setting) =>
        setting switch
        {
            bool truth => truth ? "on" : "off",
            Enum choice => Keys.Choice(choice),
            double or int or long => Stored(Convert.ToDouble(setting)),
            _ => $"{setting}",
        };

    /// <summary>A stored number as it is written in a file.</summary>
    public string Text(double stored) => QuantityText.Of(stored, Unit);

    private double Stored(double value) =>
        IsTemperature ? Math.Round(value - PhysicalConstants.ZeroCelsius, CelsiusDecimals) : value;

    private string Example =>
        Parameter?.Example
        ?? (
            Type == typeof(bool) ? "on, off"
            : Type.IsEnum ? string.Join(", ", Enum.GetNames(Type).Select(Keys.Choice))
            : "one, another"
        );
}
