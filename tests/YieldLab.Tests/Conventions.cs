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
        "YieldLab.Reports",
        "YieldLab.Studies",
        "YieldLab.Notebooks",
    ];

    [Theory]
    [InlineData("YieldLab.Statistics", "")]
    [InlineData("YieldLab.Circuits", "YieldLab.Statistics")]
    [InlineData("YieldLab.MonteCarlo", "YieldLab.Statistics")]
    [InlineData("YieldLab.Reports", "YieldLab.MonteCarlo YieldLab.Statistics")]
    [InlineData(
        "YieldLab.Notebooks",
        "YieldLab.Circuits YieldLab.MonteCarlo YieldLab.Reports YieldLab.Statistics YieldLab.Studies"
    )]
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
        Assert.All(references, name => Assert.Contains(name, allowed.Split(' ')));
    }

    [Fact]
    public void No_library_uses_a_generator_with_a_state()
    {
        string[] sources = ["System.Random", "System.Security.Cryptography.RandomNumberGenerator"];
        foreach (string library in Libraries)
        {
            Assert.Empty(TypesUsedBy(library).Intersect(sources));
            // Libraries of distributions draw from generators of their own.
            Assert.DoesNotContain(MembersUsedBy(library), member => member.Name is "Sample" or "Samples" or "NewGuid");
        }
    }

    // Exp and its kin differ between systems, wherever they are declared: Math, double, or a generic number.
    [Fact]
    public void Arithmetic_of_a_die_calls_only_exactly_rounded_functions()
    {
        string[] exact =
        [
            "Sqrt",
            "Abs",
            "Min",
            "Max",
            "Floor",
            "Ceiling",
            "Round",
            "Clamp",
            "DivRem",
            "BigMul",
            "BitIncrement",
        ];
        // The number of digits in a message.
        string[] messages = ["Log10"];
        string[] inexact = ["Exp", "Log", "Pow", "Sin", "Cos", "Tan", "Sinh", "Cosh", "Tanh", "Cbrt", "RootN", "Hypot"];
        foreach (string library in new[] { "YieldLab.Statistics", "YieldLab.Circuits" })
        {
            var members = MembersUsedBy(library);
            Assert.Empty(
                members
                    .Where(member => member.Type is "Math" or "MathF")
                    .Select(member => member.Name)
                    .Except([.. exact, .. messages])
            );
            Assert.DoesNotContain(
                members,
                member => member.Type is not ("Math" or "MathF") && inexact.Any(name => IsKinOf(member.Name, name))
            );
        }

        // Exp, Exp2, Exp10, ExpM1, Log2, Log1P, SinPi, SinCos ... but not Exponent.
        static bool IsKinOf(string member, string name) =>
            System.Text.RegularExpressions.Regex.IsMatch(member, $"^{name}(2|10|M1|2M1|10M1|P1|2P1|10P1|Pi|Cos)?$");
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
            // The values of a corner are worked out from the same measurement and have one source together.
            int corners = System.Text.RegularExpressions.Regex.Count(text, @"- name:");
            int sources = System.Text.RegularExpressions.Regex.Count(text, @"\bsource:");
            int kindsNamed = kinds.Sum(kind =>
                System.Text.RegularExpressions.Regex.Count(text, $@"source:[\s>|-]*""?{kind}")
            );
            Assert.Equal(card.Corners.Count, corners);
            Assert.Equal(values + corners, sources);
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
            foreach (Type part in type.GetProperties().Select(property => ItemOrItself(property.PropertyType)))
                if (
                    part.Namespace!.StartsWith("YieldLab", StringComparison.Ordinal)
                    && part is { IsEnum: false, IsAbstract: false }
                    // Read under keys of its own, which are declared where they are read.
                    && part != typeof(Correlation)
                )
                    open.Enqueue(part);
        }
        return found;
    }

    private static Type ItemOrItself(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : type;

    private static HashSet<string> TypesUsedBy(string library) =>
        Read(
            library,
            reader =>
                reader
                    .TypeReferences.Select(reader.GetTypeReference)
                    .Select(t => $"{reader.GetString(t.Namespace)}.{reader.GetString(t.Name)}")
                    .ToHashSet()
        );

    // Members of types of other assemblies than ours.
    private static HashSet<(string Type, string Name)> MembersUsedBy(string library) =>
        Read(
            library,
            reader =>
                reader
                    .MemberReferences.Select(reader.GetMemberReference)
                    .Where(member => DeclaringType(reader, member.Parent).Kind == HandleKind.TypeReference)
                    .Select(member =>
                        (
                            Type: reader.GetTypeReference((TypeReferenceHandle)DeclaringType(reader, member.Parent)),
                            Name: reader.GetString(member.Name)
                        )
                    )
                    .Where(member =>
                        !reader.GetString(member.Type.Namespace).StartsWith("YieldLab", StringComparison.Ordinal)
                    )
                    .Select(member => (reader.GetString(member.Type.Name), member.Name))
                    .ToHashSet()
        );

    // Of a constructed type (ECMA-335 II.23.2.12: GENERICINST, class or value type, the type), the type it is made of.
    private static EntityHandle DeclaringType(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind != HandleKind.TypeSpecification)
            return parent;
        BlobReader signature = reader.GetBlobReader(
            reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature
        );
        const byte genericInstance = 0x15;
        if (signature.ReadByte() != genericInstance)
            return default;
        signature.ReadByte();
        return signature.ReadTypeHandle();
    }

    private static T Read<T>(string library, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(Assembly.Load(library).Location));
        return read(file.GetMetadataReader());
    }
}
