using System.Globalization;
using System.Text;

namespace Review.Lsp.Protocol;

/// <summary>Writes messages of the base protocol; each is flushed.</summary>
/// <param name="output">The stream.</param>
public sealed class FrameWriter(Stream output)
{
    /// <summary>Writes one message.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n")));
        output.Write(content);
        output.Flush();
    }
}
