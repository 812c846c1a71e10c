using System.Globalization;
using System.Text;
using System.Xml;
using Review.Bot.Store;
using Review.Core.Diagnostics;

namespace Review.Dashboard.Feeds;

/// <summary>The newest series with findings, as Atom (RFC 4287).</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const int Length = 50;

    /// <param name="store">The bot's state.</param>
    /// <param name="origin">Where the dashboard is, without a slash at the end.</param>
    public static byte[] Write(BotStore store, string origin)
    {
        var entries = store.NewestSeries(Length).Where(static series => series.ReviewedAt is not null).Select(series => (Series: store.Series(series.Id)!, Findings: store.Findings(series.Id))).Where(static entry => !entry.Findings.IsEmpty).ToList();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteElementString("title", Namespace, "mmreview: findings");
            xml.WriteElementString("id", Namespace, origin + "/feed.atom");
            xml.WriteElementString("updated", Namespace, Time(entries.Select(static entry => entry.Series.ReviewedAt!.Value).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            Link(xml, "self", origin + "/feed.atom");
            foreach (var (series, findings) in entries)
            {
                xml.WriteStartElement("entry", Namespace);
                xml.WriteElementString("title", Namespace, VisibleText.Of($"{series.Title}, v{series.Revision.ToString(CultureInfo.InvariantCulture)}"));
                xml.WriteElementString("id", Namespace, Identity(series));
                xml.WriteElementString("updated", Namespace, Time(series.ReviewedAt!.Value));
                xml.WriteStartElement("author", Namespace);
                xml.WriteElementString("name", Namespace, VisibleText.Of(series.AuthorName.Length > 0 ? series.AuthorName : series.Author));
                xml.WriteEndElement();
                Link(xml, "alternate", $"{origin}/series/{series.Id.ToString(CultureInfo.InvariantCulture)}");
                xml.WriteStartElement("content", Namespace);
                xml.WriteAttributeString("type", "text");
                xml.WriteString(string.Join('\n', findings.Select(static finding => VisibleText.Of($"patch {finding.Patch.ToString(CultureInfo.InvariantCulture)}: {finding.Rule} in {finding.Function}(): {finding.Message}"))));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    /// <summary>The series by its first mail (RFC 2392), which no move of the dashboard changes.</summary>
    private static string Identity(SeriesRecord series) => series.Patches is [var first, ..] ? "mid:" + Uri.EscapeDataString(first.MessageId) : "urn:mmreview:" + Uri.EscapeDataString(series.Key);

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
