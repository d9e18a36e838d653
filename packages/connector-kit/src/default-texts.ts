import type { Template } from './template.ts';

/** What there are texts of ours for, in their order. */
export const defaultUsageTypes = [
  'SignIn',
  'Register',
  'ForgotPassword',
  'Generic',
  'UserPermissionValidation',
  'BindNewIdentifier',
] as const;

const texts: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Your sign-in verification code is {{code}}. It is valid for 10 minutes.',
    'Your sign-up verification code is {{code}}. It is valid for 10 minutes.',
    'Your password reset verification code is {{code}}. It is valid for 10 minutes.',
    'Your verification code is {{code}}. It is valid for 10 minutes.',
    'Your verification code to change your account is {{code}}. It is valid for 10 minutes.',
    'Your verification code to add this number to your account is {{code}}. It is valid for 10 minutes.',
  ],
  'zh-CN': [
    '您的登录验证码是 {{code}}，10 分钟内有效。',
    '您的注册验证码是 {{code}}，10 分钟内有效。',
    '您的重置密码验证码是 {{code}}，10 分钟内有效。',
    '您的验证码是 {{code}}，10 分钟内有效。',
    '您修改账号信息的验证码是 {{code}}，10 分钟内有效。',
    '您将此号码添加到账号的验证码是 {{code}}，10 分钟内有效。',
  ],
  'zh-TW': [
    '您的登入驗證碼是 {{code}}，10 分鐘內有效。',
    '您的註冊驗證碼是 {{code}}，10 分鐘內有效。',
    '您的重設密碼驗證碼是 {{code}}，10 分鐘內有效。',
    '您的驗證碼是 {{code}}，10 分鐘內有效。',
    '您變更帳號資料的驗證碼是 {{code}}，10 分鐘內有效。',
    '您將此號碼加入帳號的驗證碼是 {{code}}，10 分鐘內有效。',
  ],
  es: [
    'Su código para iniciar sesión: {{code}}. Caduca en 10 minutos.',
    'Su código para registrarse: {{code}}. Caduca en 10 minutos.',
    'Su código para cambiar la contraseña: {{code}}. Caduca en 10 minutos.',
    'Su código: {{code}}. Caduca en 10 minutos.',
    'Su código para modificar su cuenta: {{code}}. Caduca en 10 minutos.',
    'Su código para añadir este número: {{code}}. Caduca en 10 minutos.',
  ],
  'pt-BR': [
    'Seu código para entrar: {{code}}. Válido por 10 minutos.',
    'Seu código para criar a conta: {{code}}. Válido por 10 minutos.',
    'Seu código para trocar a senha: {{code}}. Válido por 10 minutos.',
    'Seu código: {{code}}. Válido por 10 minutos.',
    'Seu código para alterar a conta: {{code}}. Válido por 10 minutos.',
    'Seu código para adicionar este número: {{code}}. Válido 10 minutos.',
  ],
  fr: [
    'Votre code de connexion est {{code}}. Il est valable 10 minutes.',
    "Votre code d'inscription est {{code}}. Il est valable 10 minutes.",
    'Votre code pour choisir un nouveau mot de passe est {{code}}. Il est valable 10 minutes.',
    'Votre code est {{code}}. Il est valable 10 minutes.',
    'Votre code pour modifier votre compte est {{code}}. Il est valable 10 minutes.',
    'Votre code pour ajouter ce numéro à votre compte est {{code}}. Il est valable 10 minutes.',
  ],
  de: [
    'Ihr Code zur Anmeldung lautet {{code}}. Er gilt 10 Minuten.',
    'Ihr Code zur Registrierung lautet {{code}}. Er gilt 10 Minuten.',
    'Ihr Code für ein neues Passwort lautet {{code}}. Er gilt 10 Minuten.',
    'Ihr Code lautet {{code}}. Er gilt 10 Minuten.',
    'Ihr Code zum Ändern Ihres Kontos lautet {{code}}. Er gilt 10 Minuten.',
    'Ihr Code, um diese Nummer Ihrem Konto hinzuzufügen, lautet {{code}}. Er gilt 10 Minuten.',
  ],
  it: [
    'Il suo codice di accesso è {{code}}. Vale 10 minuti.',
    'Il suo codice di registrazione è {{code}}. Vale 10 minuti.',
    'Il suo codice per cambiare la password è {{code}}. Vale 10 minuti.',
    'Il suo codice è {{code}}. Vale 10 minuti.',
    "Il suo codice per modificare l'account è {{code}}. Vale 10 minuti.",
    "Il suo codice per aggiungere questo numero all'account è {{code}}. Vale 10 minuti.",
  ],
  nl: [
    'Uw code om in te loggen is {{code}}. Deze is 10 minuten geldig.',
    'Uw code om een account aan te maken is {{code}}. Deze is 10 minuten geldig.',
    'Uw code voor een nieuw wachtwoord is {{code}}. Deze is 10 minuten geldig.',
    'Uw code is {{code}}. Deze is 10 minuten geldig.',
    'Uw code om uw account te wijzigen is {{code}}. Deze is 10 minuten geldig.',
    'Uw code om dit nummer aan uw account toe te voegen is {{code}}. Deze is 10 minuten geldig.',
  ],
  pl: [
    'Twój kod logowania: {{code}}. Jest ważny 10 minut.',
    'Twój kod rejestracji: {{code}}. Jest ważny 10 minut.',
    'Twój kod do zmiany hasła: {{code}}. Jest ważny 10 minut.',
    'Twój kod: {{code}}. Jest ważny 10 minut.',
    'Twój kod do zmian na koncie: {{code}}. Jest ważny 10 minut.',
    'Twój kod do dodania tego numeru: {{code}}. Jest ważny 10 minut.',
  ],
  cs: [
    'Váš kód pro přihlášení: {{code}}. Platí 10 minut.',
    'Váš kód pro registraci: {{code}}. Platí 10 minut.',
    'Váš kód pro změnu hesla: {{code}}. Platí 10 minut.',
    'Váš kód: {{code}}. Platí 10 minut.',
    'Váš kód pro úpravu účtu: {{code}}. Platí 10 minut.',
    'Váš kód pro přidání tohoto čísla: {{code}}. Platí 10 minut.',
  ],
  ru: [
    'Ваш код для входа: {{code}}. Действует 10 минут.',
    'Ваш код для регистрации: {{code}}. Действует 10 минут.',
    'Ваш код для смены пароля: {{code}}. Действует 10 минут.',
    'Ваш код: {{code}}. Действует 10 минут.',
    'Ваш код для изменения аккаунта: {{code}}. Действует 10 минут.',
    'Ваш код для добавления номера: {{code}}. Действует 10 минут.',
  ],
  uk: [
    'Ваш код для входу: {{code}}. Діє 10 хвилин.',
    'Ваш код для реєстрації: {{code}}. Діє 10 хвилин.',
    'Ваш код для зміни пароля: {{code}}. Діє 10 хвилин.',
    'Ваш код: {{code}}. Діє 10 хвилин.',
    'Ваш код для зміни облікового запису: {{code}}. Діє 10 хвилин.',
    'Ваш код для додавання номера: {{code}}. Діє 10 хвилин.',
  ],
  tr: [
    'Giriş kodunuz: {{code}}. 10 dakika geçerlidir.',
    'Kayıt kodunuz: {{code}}. 10 dakika geçerlidir.',
    'Parola sıfırlama kodunuz: {{code}}. 10 dakika geçerlidir.',
    'Kodunuz: {{code}}. 10 dakika geçerlidir.',
    'Hesap değişikliği kodunuz: {{code}}. 10 dakika geçerlidir.',
    'Bu numarayı ekleme kodunuz: {{code}}. 10 dakika geçerlidir.',
  ],
  ar: [
    'رمز تسجيل الدخول: {{code}}. صالح لمدة 10 دقائق.',
    'رمز إنشاء الحساب: {{code}}. صالح لمدة 10 دقائق.',
    'رمز تغيير كلمة المرور: {{code}}. صالح لمدة 10 دقائق.',
    'رمزك: {{code}}. صالح لمدة 10 دقائق.',
    'رمز تعديل الحساب: {{code}}. صالح لمدة 10 دقائق.',
    'رمز إضافة هذا الرقم: {{code}}. صالح لمدة 10 دقائق.',
  ],
  fa: [
    'کد ورود شما: {{code}}. تا 10 دقیقه معتبر است.',
    'کد ثبت‌نام شما: {{code}}. تا 10 دقیقه معتبر است.',
    'کد تغییر گذرواژه: {{code}}. تا 10 دقیقه معتبر است.',
    'کد شما: {{code}}. تا 10 دقیقه معتبر است.',
    'کد ویرایش حساب: {{code}}. تا 10 دقیقه معتبر است.',
    'کد افزودن این شماره: {{code}}. تا 10 دقیقه معتبر است.',
  ],
  he: [
    'קוד הכניסה שלך: {{code}}. תקף ל-10 דקות.',
    'קוד ההרשמה שלך: {{code}}. תקף ל-10 דקות.',
    'קוד לשינוי הסיסמה: {{code}}. תקף ל-10 דקות.',
    'הקוד שלך: {{code}}. תקף ל-10 דקות.',
    'קוד לעדכון החשבון: {{code}}. תקף ל-10 דקות.',
    'קוד להוספת המספר הזה: {{code}}. תקף ל-10 דקות.',
  ],
  hi: [
    'आपका साइन-इन कोड: {{code}}। यह 10 मिनट तक मान्य है।',
    'खाता बनाने का कोड: {{code}}। यह 10 मिनट तक मान्य है।',
    'पासवर्ड बदलने का कोड: {{code}}। यह 10 मिनट तक मान्य है।',
    'आपका कोड: {{code}}। यह 10 मिनट तक मान्य है।',
    'खाते में बदलाव का कोड: {{code}}। यह 10 मिनट तक मान्य है।',
    'यह नंबर जोड़ने का कोड: {{code}}। यह 10 मिनट तक मान्य है।',
  ],
  bn: [
    'আপনার সাইন-ইন কোড: {{code}}। এটি 10 মিনিট কার্যকর।',
    'অ্যাকাউন্ট তৈরির কোড: {{code}}। এটি 10 মিনিট কার্যকর।',
    'পাসওয়ার্ড বদলানোর কোড: {{code}}। এটি 10 মিনিট কার্যকর।',
    'আপনার কোড: {{code}}। এটি 10 মিনিট কার্যকর।',
    'অ্যাকাউন্টে পরিবর্তনের কোড: {{code}}। এটি 10 মিনিট কার্যকর।',
    'এই নম্বর যোগ করার কোড: {{code}}। এটি 10 মিনিট কার্যকর।',
  ],
  id: [
    'Kode masuk Anda: {{code}}. Berlaku 10 menit.',
    'Kode pendaftaran Anda: {{code}}. Berlaku 10 menit.',
    'Kode untuk menyetel ulang kata sandi: {{code}}. Berlaku 10 menit.',
    'Kode Anda: {{code}}. Berlaku 10 menit.',
    'Kode untuk mengubah akun Anda: {{code}}. Berlaku 10 menit.',
    'Kode untuk menambahkan nomor ini ke akun Anda: {{code}}. Berlaku 10 menit.',
  ],
  vi: [
    'Mã đăng nhập của bạn: {{code}}. Có hiệu lực 10 phút.',
    'Mã đăng ký của bạn: {{code}}. Có hiệu lực 10 phút.',
    'Mã đổi mật khẩu của bạn: {{code}}. Có hiệu lực 10 phút.',
    'Mã của bạn: {{code}}. Có hiệu lực 10 phút.',
    'Mã chỉnh sửa tài khoản: {{code}}. Có hiệu lực 10 phút.',
    'Mã thêm số này vào tài khoản: {{code}}. Có hiệu lực 10 phút.',
  ],
  th: [
    'รหัสลงชื่อเข้าใช้ของคุณ: {{code}} ใช้ได้ 10 นาที',
    'รหัสสร้างบัญชีของคุณ: {{code}} ใช้ได้ 10 นาที',
    'รหัสเปลี่ยนรหัสผ่าน: {{code}} ใช้ได้ 10 นาที',
    'รหัสของคุณ: {{code}} ใช้ได้ 10 นาที',
    'รหัสแก้ไขบัญชี: {{code}} ใช้ได้ 10 นาที',
    'รหัสเพิ่มหมายเลขนี้: {{code}} ใช้ได้ 10 นาที',
  ],
  ja: [
    'サインイン用の確認コードは {{code}} です。10 分間有効です。',
    '新規登録用の確認コードは {{code}} です。10 分間有効です。',
    'パスワード再設定用の確認コードは {{code}} です。10 分間有効です。',
    '確認コードは {{code}} です。10 分間有効です。',
    'アカウント情報変更用の確認コードは {{code}} です。10 分間有効です。',
    '電話番号追加用の確認コードは {{code}} です。10 分間有効です。',
  ],
  ko: [
    '로그인 인증번호는 {{code}}입니다. 10분간 유효합니다.',
    '가입 인증번호는 {{code}}입니다. 10분간 유효합니다.',
    '비밀번호 재설정 인증번호는 {{code}}입니다. 10분간 유효합니다.',
    '인증번호는 {{code}}입니다. 10분간 유효합니다.',
    '계정 정보 변경 인증번호는 {{code}}입니다. 10분간 유효합니다.',
    '전화번호 추가 인증번호는 {{code}}입니다. 10분간 유효합니다.',
  ],
};

/** A template whose text is ours. */
export type ContentTemplate = Template & { content: string };

/** The languages that we have texts in (BCP 47). */
export const defaultTextLocales: readonly string[] = Object.keys(texts);

/** Our texts in one language, a template for each usage type that Sesame sends; none in languages that we do not have. */
export const defaultTextsIn = (locale: string): ContentTemplate[] =>
  defaultUsageTypes.flatMap((usageType, index) => {
    const content = texts[locale]?.[index];
    return content === undefined ? [] : [{ usageType, locale, content }];
  });

/** Our English texts, for every language that has none of its own: where a form starts. */
export const defaultContentTemplates: { usageType: string; content: string }[] = defaultTextsIn('en').map(
  ({ usageType, content }) => ({ usageType, content }),
);

/** Our texts in every language: what connectors without templates send. */
export const defaultTemplatesOfAllLanguages: ContentTemplate[] = [
  ...defaultContentTemplates,
  ...defaultTextLocales.filter((locale) => locale !== 'en').flatMap(defaultTextsIn),
];
