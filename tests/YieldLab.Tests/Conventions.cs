using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Processes;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Tests;

/// <summary>Conventions that matter, read off the assemblies.</summary>
public class Conventions
{
    private static readonly string[] Libraries =
    [
        "YieldLab.Statistics",
        "YieldLab.Circuits",
        "YieldLab.MonteCarlo",
        "YieldLab.Studies",
    ];

    [Theory]
    [InlineData("YieldLab.Statistics", "")]
    [InlineData("YieldLab.Circuits", "YieldLab.Statistics")]
    [InlineData("YieldLab.MonteCarlo", "YieldLab.Statistics")]
    public void Assemblies_depend_in_one_direction(string assembly, string allowed)
    {
        string[] references =
        [
            .. Assembly
                .Load(assembly)
                .GetReferencedAssemblies()
                .Select(name => name.Name!)
                .Where(name => name.StartsWith("YieldLab", StringComparison.Ordinal)),
        ];
        Assert.All(references, name => Assert.Equal(allowed, name));
    }

    [Fact]
    public void No_library_uses_a_generator_with_a_state()
    {
        foreach (string library in Libraries)
            Assert.DoesNotContain("System.Random", TypesUsedBy(library));
    }

    [Fact]
    public void Arithmetic_of_a_die_calls_no_platform_exponential()
    {
        // Math.Exp and its kin differ between systems; Log2 is for a derived metric, Pow for units of quantities.
        foreach (string library in new[] { "YieldLab.Statistics", "YieldLab.Circuits" })
            Assert.Empty(MathCallsOf(library).Intersect(["Exp", "Log", "Pow", "Sin", "Cos", "Tanh"]));
    }

    [Fact]
    public void Every_parameter_has_a_unit_a_meaning_and_an_example_in_its_range()
    {
        int count = 0;
        foreach (PropertyInfo property in Parameters())
        {
            var parameter = property.GetCustomAttribute<ParameterAttribute>()!;
            Assert.NotEmpty(parameter.Meaning);
            foreach (string example in parameter.Example.Split(", "))
            {
                Assert.True(
                    Quantity.TryParse(example, parameter.Unit, out double value, out string? problem),
                    $"{property}: {problem}"
                );
                Assert.True(parameter.Allows(value), $"{property}: {example}");
            }
            count++;
        }
        Assert.True(count > 40, $"only {count} parameters found");
    }

    [Fact]
    public void Every_number_of_a_study_or_card_is_declared()
    {
        foreach (Type type in SettingTypes())
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.SetMethod is not null))
            if (
                Nullable.GetUnderlyingType(property.PropertyType) is { IsPrimitive: true }
                || (property.PropertyType.IsPrimitive && property.PropertyType != typeof(bool))
            )
                Assert.True(
                    property.GetCustomAttribute<ParameterAttribute>() is not null,
                    $"{type.Name}.{property.Name}"
                );
    }

    [Fact]
    public void Every_built_in_card_is_complete_and_each_value_names_its_source()
    {
        Assert.Equal(8, ProcessLibrary.Names.Count);
        foreach (string name in ProcessLibrary.Names)
        {
            ProcessCard card = ProcessLibrary.Card(name);
            _ = new GlobalVariation(card);
            Assert.True(card.Device.SlopeFactor > 1);
            string text = ProcessLibrary.Text(name);
            string[] kinds = ["measured:", "read:", "derived:", "literature:", "estimated:"];
            int values = System.Text.RegularExpressions.Regex.Count(text, @"\bvalue:");
            int sources = System.Text.RegularExpressions.Regex.Count(text, @"\bsource:");
            int kindsNamed = kinds.Sum(kind =>
                System.Text.RegularExpressions.Regex.Count(text, $@"source:[\s>|-]*""?{kind}")
            );
            Assert.Equal(values, sources);
            Assert.Equal(sources, kindsNamed);
        }
    }

    private static IEnumerable<PropertyInfo> Parameters() =>
        SettingTypes()
            .SelectMany(type => type.GetProperties())
            .Where(p => p.GetCustomAttribute<ParameterAttribute>() is not null);

    private static IEnumerable<Type> SettingTypes()
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>([typeof(Study), typeof(ProcessCard)]);
        while (open.TryDequeue(out Type? type))
        {
            if (!found.Add(type))
                continue;
            foreach (PropertyInfo property in type.GetProperties())
                if (
                    property.PropertyType.Namespace!.StartsWith("YieldLab", StringComparison.Ordinal)
                    && property.PropertyType is { IsEnum: false, IsAbstract: false }
                )
                    open.Enqueue(property.PropertyType);
        }
        return found;
    }

    private static HashSet<string> TypesUsedBy(string library) =>
        Read(
            library,
            reader =>
                reader
                    .TypeReferences.Select(reader.GetTypeReference)
                    .Select(t => $"{reader.GetString(t.Namespace)}.{reader.GetString(t.Name)}")
                    .ToHashSet()
        );

    private static HashSet<string> MathCallsOf(string library) =>
        Read(
            library,
            reader =>
                reader
                    .MemberReferences.Select(reader.GetMemberReference)
                    .Where(m => m.Parent.Kind == HandleKind.TypeReference)
                    .Where(m =>
                        reader.GetString(reader.GetTypeReference((TypeReferenceHandle)m.Parent).Name)
                            is "Math"
                                or "MathF"
                    )
                    .Select(m => reader.GetString(m.Name))
                    .ToHashSet()
        );

    private static T Read<T>(string library, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(Assembly.Load(library).Location));
        return read(file.GetMetadataReader());
    }
}
