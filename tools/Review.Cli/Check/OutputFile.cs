namespace Review.Cli.Check;

/// <summary>A file that is there whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text; an interrupted run leaves the old file.</summary>
    /// <exception cref="UserError">The folder does not exist or cannot be written.</exception>
    public static void Write(string file, string text)
    {
        var full = Path.GetFullPath(file);
        var scratch = $"{full}.{Environment.ProcessId}.part";
        try
        {
            File.WriteAllText(scratch, text);
            File.Move(scratch, full, overwrite: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            File.Delete(scratch);
            throw new UserError($"{file} cannot be written: {trouble.Message}", "name a file in a folder that exists and is yours");
        }
    }
}
