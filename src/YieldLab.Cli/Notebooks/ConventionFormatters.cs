using System.Collections;
using System.Globalization;
using System.Reflection;

namespace YieldLab.Cli.Notebooks;

/// <summary>
/// Formatters that a type names by an attribute called <c>TypeFormatterSourceAttribute</c>, wherever that is declared: the
/// convention of .NET Interactive (docs/formatting.md there), by which a library shows its objects without knowing the kernel.
/// The source makes formatters, and each has a <c>MimeType</c> and a <c>Format(object, TextWriter)</c> that says whether it did.
/// </summary>
internal static class ConventionFormatters
{
    /// <summary>Texts by MIME type; none where the type names no formatter.</summary>
    public static IReadOnlyDictionary<string, string> Format(object value)
    {
        var texts = new Dictionary<string, string>();
        foreach (object formatter in value.GetType().GetCustomAttributes(inherit: true).SelectMany(Formatters))
            if (Property(formatter, "MimeType") is string mime && Text(formatter, value) is { } text)
                texts.TryAdd(mime, text);
        return texts;
    }

    private static IEnumerable<object> Formatters(object attribute)
    {
        if (
            attribute.GetType().Name != "TypeFormatterSourceAttribute"
            || Property(attribute, "FormatterSourceType") is not Type type
        )
            return [];
        object source = Activator.CreateInstance(type, nonPublic: true)!;
        return type.GetMethod("CreateTypeFormatters")?.Invoke(source, null) is IEnumerable formatters
            ? formatters.Cast<object>()
            : [];
    }

    private static string? Text(object formatter, object value)
    {
        MethodInfo? format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        // Its own exception, and not that of the invocation.
        return format?.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, writer], null) is true
            ? writer.ToString()
            : null;
    }

    private static object? Property(object owner, string name) => owner.GetType().GetProperty(name)?.GetValue(owner);
}
