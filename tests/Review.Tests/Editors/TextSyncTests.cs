using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;

namespace Review.Tests.Editors;

/// <summary>Laws of framing and of incremental changes.</summary>
public sealed class TextSyncTests
{
    private static readonly Gen<string> Texts = Gen.ArrayOf(Gen.Elements("a", "\t", "é", "€", "😀", "\n", "\r", "\r\n", "\ud83d", "\ude00", "", "bc ")).Select(static parts => string.Concat(parts));

    [Fact]
    public void Messages_come_out_as_they_went_in_however_the_stream_is_cut() => Prop.ForAll(
        Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 255).Select(static number => (byte)number))).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(),
        static (messages, piece) =>
        {
            using var stream = new MemoryStream();
            var writer = new FrameWriter(stream);
            foreach (var message in messages)
            {
                writer.Write(message);
            }

            var reader = new FrameReader(new CutStream(stream.ToArray(), piece));
            Assert.All(messages, message => Assert.Equal(message, reader.Read()));
            Assert.Null(reader.Read());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_messages_an_end_or_an_error() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("Content-Length", ": ", "1", "0", "-", "\r\n", "\r", "\n", "{}", "x", "\0", ":", " ")).Select(static parts => string.Concat(parts)).ToArbitrary(),
        static text =>
        {
            var reader = new FrameReader(new CutStream(Encoding.ASCII.GetBytes(text), 3));
            try
            {
                while (reader.Read() is { } content)
                {
                    Assert.InRange(content.Length, 0, text.Length);
                }
            }
            catch (FramingException)
            {
                // So be it; what counts is that it comes to an end.
                return;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_is_the_change_of_the_text() => Prop.ForAll(
        Gen.Zip(Texts, Texts).ToArbitrary(), Gen.Zip(Gen.Choose(0, 100), Gen.Choose(0, 100)).ToArbitrary(),
        static (texts, places) =>
        {
            var document = new TextDocument(texts.Item1);
            var (start, end) = (places.Item1 % (texts.Item1.Length + 1), places.Item2 % (texts.Item1.Length + 1));
            foreach (var encoding in Enum.GetValues<PositionEncoding>())
            {
                // Inside a line end or a pair there is no position of its own in bytes, so that the client cannot mean it.
                if (IsBetween(texts.Item1, start) && IsBetween(texts.Item1, end))
                {
                    var range = new TextRange(document.PositionOf(start, encoding), document.PositionOf(end, encoding));
                    var expected = texts.Item1[..Math.Min(start, end)] + texts.Item2 + texts.Item1[Math.Max(start, end)..];
                    Assert.Equal(expected, document.Apply(new TextChange(range, texts.Item2), encoding).Text);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Places_in_bytes_and_positions_say_the_same() => Prop.ForAll(
        Texts.ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(),
        static (text, place) =>
        {
            var document = new TextDocument(text);
            var offset = place % (text.Length + 1);
            Assert.Equal(Encoding.UTF8.GetBytes(text), document.Utf8);
            foreach (var encoding in Enum.GetValues<PositionEncoding>())
            {
                if (IsBetween(text, offset))
                {
                    var position = document.PositionOf(offset, encoding);
                    var octet = Encoding.UTF8.GetByteCount(text.AsSpan(0, offset));
                    Assert.Equal(octet, document.ByteOf(position, encoding));
                    Assert.Equal(position, document.PositionOfByte(octet, encoding));
                    Assert.Equal(offset, document.OffsetOf(position, encoding));
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_position_leads_out_of_the_text() => Prop.ForAll(
        Texts.ToArbitrary(), Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 30)).ToArbitrary(),
        static (text, place) =>
        {
            var document = new TextDocument(text);
            foreach (var encoding in Enum.GetValues<PositionEncoding>())
            {
                Assert.InRange(document.OffsetOf(new TextPosition(place.Item1, place.Item2), encoding), 0, text.Length);
                Assert.InRange(document.OffsetOf(new TextPosition(place.Item1, int.MaxValue), encoding), 0, text.Length);
                Assert.InRange(document.ByteOf(new TextPosition(int.MaxValue, place.Item2), encoding), 0, document.Utf8.Length);
                _ = document.WordAt(new TextPosition(place.Item1, place.Item2), encoding);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("/a b/ü.c", "file:///a%20b/%C3%BC.c")]
    [InlineData("/x/%41#?.c", "file:///x/%2541%23%3F.c")]
    public void A_path_and_its_URI(string path, string uri)
    {
        Assert.Equal(uri, FileUri.Of(path));
        Assert.Equal(path, FileUri.ToPath(uri));
    }

    [Theory]
    [InlineData("file:///tree/mm/../../etc/passwd", "/etc/passwd")]
    [InlineData("FILE://localhost/a.c", "/a.c")]
    [InlineData("file://host/a.c", null)]
    [InlineData("https://host/a.c", null)]
    [InlineData("file:", null)]
    [InlineData("file:///a%00.c", null)]
    public void URIs_of_other_kinds(string uri, string? path) => Assert.Equal(path, FileUri.ToPath(uri));

    private static bool IsBetween(string text, int offset) => offset == 0 || offset == text.Length
        || !((text[offset - 1] == '\r' && text[offset] == '\n') || (char.IsHighSurrogate(text[offset - 1]) && char.IsLowSurrogate(text[offset])));

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class CutStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
