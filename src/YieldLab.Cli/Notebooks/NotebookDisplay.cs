namespace YieldLab.Cli.Notebooks;

/// <summary>What cells may call to show more than the value of their last expression, under the names that .NET Interactive
/// has for it.</summary>
public static class NotebookDisplay
{
    internal static Action<object?> Show { get; set; } = _ => { };

    /// <summary>Shows a value in the outputs of the cell.</summary>
    public static void display(object? value) => Show(value);

    /// <summary>Shows a value in the outputs of the cell.</summary>
    public static void Display(this object? value) => Show(value);
}
