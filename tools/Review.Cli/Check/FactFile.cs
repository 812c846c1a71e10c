using Review.Cli.Output;
using Review.Flow.Facts;

namespace Review.Cli.Check;

/// <summary>The file of <c>check --facts</c> and <c>facts --write</c>.</summary>
internal static class FactFile
{
    /// <summary>Reads what was written.</summary>
    /// <exception cref="UserError">It cannot be read, or a line is no fact.</exception>
    public static FoundFacts Read(string file)
    {
        try
        {
            return FoundFacts.Parse(File.ReadAllText(file));
        }
        catch (FormatException trouble)
        {
            throw new UserError($"--facts {file}: {trouble.Message}", "write it anew with 'mmreview facts --write FILE'");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"--facts {file} cannot be read: {trouble.Message.TrimEnd('.')}", "name a file that 'mmreview facts --write' wrote");
        }
    }

    /// <summary>Writes facts.</summary>
    public static void Write(string file, string text) => WholeFile.Write(file, text);
}
