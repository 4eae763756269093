using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab schema</c>: the JSON Schema of study files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of study files, for editors");
        command.SetAction(_ =>
        {
            Console.WriteLine(JsonText.Of(JsonSchema.OfStudy()));
            return 0;
        });
        return command;
    }
}
