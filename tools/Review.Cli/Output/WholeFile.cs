using System.ComponentModel;
using System.Text;
using Review.Cli.Trees;

namespace Review.Cli.Output;

/// <summary>Files that are there whole or not at all, whenever the program is interrupted.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file in UTF-8; it replaces an older one in one step. A link stays a link, and a device a device.</summary>
    /// <exception cref="UserError">The file or its folder cannot be written.</exception>
    public static void Write(string file, string text)
    {
        try
        {
            var target = File.Exists(file) ? PosixFile.RealPath(file) : file;
            if (PosixFile.Status(target).Kind is not (NodeKind.File or NodeKind.Missing))
            {
                File.WriteAllText(target, text, WithoutMark);
                return;
            }

            Replace(target, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new UserError($"{file} cannot be written: {exception.Message.TrimEnd('.')}", "name a file in a folder that exists and may be written");
        }
    }

    private static void Replace(string file, string text)
    {
        var partial = $"{file}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllText(partial, text, WithoutMark);
            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
