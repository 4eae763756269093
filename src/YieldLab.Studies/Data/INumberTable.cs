namespace YieldLab.Studies.Data;

/// <summary>A table of numbers in a file, whatever its format.</summary>
internal interface INumberTable
{
    /// <summary>Names of the columns.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Hash of the file's bytes, in hexadecimal.</summary>
    string Sha256 { get; }

    /// <summary>A column, each row a finite number.</summary>
    /// <exception cref="StudyException">A field that is none, with its place.</exception>
    double[] Numbers(string column);

    /// <summary>An error in the head of the table.</summary>
    StudyException Error(string message);

    /// <summary>An error in a field.</summary>
    StudyException Error(int row, string column, string message);
}
