using System.Globalization;
using System.Text;

namespace YieldLab.Cli.Notebooks;

/// <summary>The console while cells run: what they write goes to the outputs of the cell.</summary>
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;

    private CapturedConsole() { }

    /// <summary>Takes the console.</summary>
    /// <param name="recorder">The outputs of the cell that runs.</param>
    public static CapturedConsole Start(Func<OutputRecorder> recorder)
    {
        var console = new CapturedConsole();
        Console.SetOut(new Stream("stdout", recorder));
        Console.SetError(new Stream("stderr", recorder));
        return console;
    }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    private sealed class Stream(string name, Func<OutputRecorder> recorder) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;

        // Outputs are the same on every system.
        public override string NewLine => "\n";

        public override void Write(char value) => recorder().Write(name, value.ToString());

        public override void Write(string? value) => recorder().Write(name, value ?? "");

        public override void Write(char[] buffer, int index, int count) =>
            recorder().Write(name, new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => recorder().Write(name, new string(buffer));

        public override void WriteLine() => Write(NewLine);

        // One piece, so that lines of two threads do not mix.
        public override void WriteLine(string? value) => Write(value + NewLine);
    }
}
