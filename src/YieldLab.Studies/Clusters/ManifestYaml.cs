using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace YieldLab.Studies.Clusters;

/// <summary>
/// Objects as YAML documents that every version of YAML reads alike: a text is quoted unless it can be nothing else, and
/// texts of several lines are literal blocks.
/// </summary>
internal static partial class ManifestYaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder()
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
        .DisableAliases()
        .WithIndentedSequences()
        .WithEventEmitter(next => new Quoting(next))
        .Build();

    /// <summary>Documents one after the other.</summary>
    public static string Of(IEnumerable<object> documents) =>
        string.Join("---\n", documents.Select(document => Serializer.Serialize(document).ReplaceLineEndings("\n")));

    /// <summary>Whether a text survives in a block as it is: lines of visible characters and spaces that end in line feeds.</summary>
    public static bool IsPlainText(string text) => Lines().IsMatch(text);

    private sealed class Quoting(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Type == typeof(string))
                eventInfo.Style = Style((string)eventInfo.Source.Value!);
            base.Emit(eventInfo, emitter);
        }

        private static ScalarStyle Style(string text) =>
            Word().IsMatch(text) && !Meaning().IsMatch(text) ? ScalarStyle.Plain
            : text.Contains('\n') && IsPlainText(text) ? ScalarStyle.Literal
            : ScalarStyle.DoubleQuoted;
    }

    [GeneratedRegex(@"\A[A-Za-z/][-A-Za-z0-9_./]*\z")]
    private static partial Regex Word();

    // Words that YAML 1.1 or 1.2 reads as truth values or as nothing.
    [GeneratedRegex(@"\A(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Meaning();

    // A visible character first, since other beginnings have to be told to the reader; and no line ends in a space.
    [GeneratedRegex(@"\A[!-~](([ -~\u00a1-\u024f\u0370-\u03ff]*[!-~\u00a1-\u024f\u0370-\u03ff])?(\n|\z))*\z")]
    private static partial Regex Lines();
}
