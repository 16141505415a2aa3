import gettext

translation = gettext.NullTranslations()
_ = translation.gettext
for count in (0, 1, 2):
    print(count, translation.ngettext("{} file", "{} files", count).format(count))
print(_("untranslated text"), gettext.translation("nothing", fallback=True).gettext("still"))
plural = gettext.c2py("n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2")
print([plural(n) for n in (0, 1, 2, 11, 21, 101)])
