import com.adobe.epubcheck.tool.EpubChecker;

/** Checks several books in one process; the report of each lies beside it. */
class EpubCheck {
    public static void main(String[] books) {
        for (String book : books) {
            new EpubChecker().run(new String[] {book, "--json", book + ".json"});
        }
    }
}
