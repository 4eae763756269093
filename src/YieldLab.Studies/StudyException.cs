namespace YieldLab.Studies;

/// <summary>A mistake of the user in a file or an argument. The message is one line: where, what, what was expected.</summary>
public sealed class StudyException(string message, Exception? inner = null) : Exception(message, inner);
